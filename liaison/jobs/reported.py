"""The executive summary as files: gathered from the newest estimate, written whole or not at all, swept when old."""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from liaison.access import owner
from liaison.errors import LiaisonError
from liaison.facts.files import written_whole
from liaison.facts.home import Home
from liaison.jobs.effected import of_months
from liaison.metrics.filters import Filters
from liaison.metrics.suppression import no_free_filters
from liaison.models.stored.effects import (
    ALL,
    EffectResult,
    EffectRun,
    effect_stamps,
    effect_up_to_date,
    newest_results,
)
from liaison.reports.summary.gather import Summary, gather
from liaison.store import reading
from liaison.vocabulary import Audience, ReportFile, month_text

Progress = Callable[[float, str], None]
FOLDER = "reports"  # of a home: what people may still fetch
KEPT_DAYS = 7


def summary(
    home: Home,
    today: str,
    *,
    span: str = ALL,
    first: str | None = None,
    last: str | None = None,
    audience: Audience = Audience.outside,
) -> Summary:
    """The page of the newest estimate on an ISO day: of a span of the page, or of months that are named.

    Raises LiaisonError where there is no estimate yet, and for months that an audience may not choose.
    """
    with reading(home.store) as connection:
        held = newest_results(connection)
        if held is None:
            raise LiaisonError(
                "There is no estimate yet of what visits brought, so there is nothing to report.",
                remedy="Open the page Programme effect and press Make the estimate; it takes less than a minute.",
            )
        run, spans = held
        fresh = effect_up_to_date(connection, run)
    of = spans.get(span, spans[ALL]) if first is None and last is None else _of(home, spans, first, last, audience)
    return gather(home.live(), owner(), run, of, audience, fresh=fresh, today=today)


def _of(
    home: Home, spans: Mapping[str, EffectResult], first: str | None, last: str | None, audience: Audience
) -> EffectResult:
    """A span that is stored where the months are its own, else worked out now."""
    for each in spans.values():
        if first in (None, month_text(each.first)) and last in (None, month_text(each.last)):
            return each
    no_free_filters(Filters(first=first, last=last), audience)
    return of_months(home, first, last)


def made(of: Summary, form: ReportFile) -> bytes:
    """The file of a form. What writes it is imported here: a page that makes none does not wait for it."""
    if form is ReportFile.pdf:
        from liaison.reports.summary.document import as_pdf

        return as_pdf(of)
    if form is ReportFile.pptx:
        from liaison.reports.summary.presentation import as_pptx

        return as_pptx(of)
    from liaison.reports.summary.sheets import as_xlsx

    return as_xlsx(of)


def write_all(of: Summary, forms: Sequence[ReportFile], folder: Path, stem: str, progress: Progress) -> dict[str, str]:
    """Form -> file name; each is there whole under its name, or not at all."""
    files = {}
    for place, form in enumerate(forms):
        progress(0.2 + 0.75 * place / len(forms), f"Writing the {form.label}")
        written_whole(folder / f"{stem}.{form.value}", made(of, form))
        files[form.value] = f"{stem}.{form.value}"
    return files


def make(home: Home, progress: Progress, today: str, *, span: str = ALL) -> dict[str, Any]:
    """All forms for the page's span, into a folder of their own in the home; returns what the page asks for them by."""
    progress(0.05, "Gathering what the page shows")
    with reading(home.store) as connection:
        stamps = effect_stamps(connection)
    of = summary(home, today, span=span)
    sweep(home, time.time())
    folder = home.path / FOLDER / uuid4().hex
    folder.mkdir(parents=True)
    files = write_all(of, list(ReportFile), folder, stem(of.of), progress)
    return {"folder": folder.name, "files": files, "of": stamp(of.run, span, stamps.data_id, stamps.written, today)}


def stem(of: EffectResult) -> str:
    return f"executive-summary-{month_text(of.first)}-to-{month_text(of.last)}"


def stamp(run: EffectRun, span: str, data_id: str, written: int, today: str) -> list[Any]:
    """What decides what a report says: another estimate, other records or another day, and it is another report."""
    return [run.run_id, span, data_id, written, today]


def file_of(home: Home, result: Mapping[str, Any], form: ReportFile) -> Path | None:
    """Where a made file lies; None where it was swept."""
    file = home.path / FOLDER / str(result["folder"]) / str(result["files"][form.value])
    return file if file.is_file() else None


def sweep(home: Home, now: float) -> None:
    """Remove what was made for a download long ago. `now`: seconds since 1970."""
    for folder in (home.path / FOLDER).glob("*"):
        if folder.is_dir() and now - folder.stat().st_mtime > KEPT_DAYS * 86_400:
            shutil.rmtree(folder, ignore_errors=True)
