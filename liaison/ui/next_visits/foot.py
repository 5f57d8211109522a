"""The papers of the list: model, month, vintage; the list as a file."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from liaison.fieldwork.panels import Panels
from liaison.metrics.figure import date_words
from liaison.metrics.window import day as day_of
from liaison.models.stored import Choice, LeftOut, Listed, Run, StoredRow
from liaison.ui import filters, homes, parts
from liaison.ui.next_visits.asked import Lies, lies, name_of
from liaison.ui.next_visits.run import day
from liaison.ui.tables import download
from liaison.vocabulary import month_text, month_words

DEFINITION = (
    "**Gain.** Referrals that one more visit next month is expected to bring in all: what the practice would send "
    "without a visit, times the months of attention that a visit adds, times the lift of a visit, times what is left "
    "to be won. It never looks at payers, at margin or at gifts, unless the list is asked for by margin: then each "
    "gain is multiplied by what a referral of the practice contributes, and that look is written down.\n\n"
    "**Lift.** How much more a practice sends at the peak after a visit: measured here, held to a prior that is named. "
    "While its interval holds zero, so does that of every gain.\n\n"
    "**Drawn by lot.** Some slots go to practices that chance picked, the best included: a tenth, unless the instance "
    "is set otherwise. These visits alone show what visits cause.\n\n"
    "**Left out.** Marked as not to be visited, visited too lately for how often it wants to be seen, another liaison "
    "there this week, declined, or new patients of every line that it sends wait over four weeks."
)
NO_WAITS = "**Waiting times.** None of the last three months is on record, so no service line is held back."
COLUMNS = [
    *("order", "practice_id", "practice", "rank", "gain", "low", "high", "territory", "liaisons", "reasons", "against"),
    *("not_for", "choice", "left_out", "by_lot", "probability"),
]


def show(
    run: Run, rows: Sequence[Listed], out: Sequence[LeftOut], whose: Panels, waits: int, *, money: bool = False
) -> None:
    """One line of source, the definition, the download."""
    said = DEFINITION + "\n\n" + (f"**Waiting times.** Known of {waits:,} service lines." if waits else NO_WAITS)
    with parts.footer(papers(run), said, "next-visits"):
        made = partial(file_of, run, rows, out, lies(), whose, "dollars" if money else "referrals")
        told = [papers(run), run.evidence, f"Filters: {filters.in_words()}.", *run.notes, said.replace("**", "")]
        name = f"next-visits-{month_text(run.month)}{'-by-margin' if money else ''}"
        download(made, name, key="next-visits", papers=told)


def papers(run: Run) -> str:
    """'expected gain of one visit 1 · for Nov 2026 · data through Oct 2026 · made 24 Nov 2026'."""
    extracts = homes.live().newest_extract
    vintage = f" \u00b7 extract of {date_words(day_of(max(extracts.values())))}" if extracts else ""
    return (
        f"Model: {run.model} \u00b7 for {month_words(run.month)} \u00b7 data through {month_words(run.as_of)}{vintage} "
        f"\u00b7 made {day(run.fitted_at)}"
    )


def file_of(
    run: Run,
    rows: Sequence[Listed],
    out: Sequence[LeftOut],
    lying: Mapping[str, Lies],
    whose: Panels,
    unit: str = "referrals",
) -> pd.DataFrame:
    """One row a practice in the order to go, then those left out with the reason; model, month and vintage in each."""
    going: list[dict[str, object]] = [
        {
            "order": place,
            **_line(one.row, one.choice, lying, whose),
            "not_for": "; ".join(one.not_for),
            "by_lot": one.by_lot,
            "probability": one.probability,
        }
        for place, one in enumerate(rows, start=1)
    ]
    staying: list[dict[str, object]] = [
        {**_line(one.row, one.choice, lying, whose), "left_out": one.why} for one in out
    ]
    return pd.DataFrame([*going, *staying], columns=COLUMNS).assign(
        gain_in=unit,
        level=run.level,
        model=run.model,
        as_of=month_text(run.as_of),
        list_for=month_text(run.month),
        made=run.fitted_at,
        data_version=run.data_version,
    )


def _line(row: StoredRow, choice: Choice | None, lying: Mapping[str, Lies], whose: Panels) -> dict[str, object]:
    lie = lying.get(row.practice_id)
    return {
        "practice_id": row.practice_id,
        "practice": name_of(row.practice_id),
        "rank": row.rank,
        "gain": row.gain,
        "low": row.low,
        "high": row.high,
        "territory": lie.territory if lie else None,
        "liaisons": ", ".join(whose.names(row.practice_id)),
        "reasons": "; ".join(str(each["says"]) for each in row.reasons),
        "against": "; ".join(str(each["says"]) for each in row.against),
        "choice": choice.did.value if choice else None,
    }
