"""The command that writes the executive summary as files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.files import write_file
from liaison.cli.options import First, Last, Readers, opened_home
from liaison.cli.show import show
from liaison.vocabulary import ReportFile

if TYPE_CHECKING:
    from liaison.reports.summary.gather import Summary

_Made = dict[str, tuple[Path, int]]  # form -> where it lies, bytes
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it for print, with how it was made.")]
Pptx = Annotated[Path | None, typer.Option("--pptx", metavar="FILE", help="Write it as slides with notes.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every figure with its parts.")]
Asking = Annotated[
    Readers,
    typer.Option(
        "--audience", metavar="|".join(Readers), help="outside, the default: numbers under 11 are hidden. inside: not."
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    ctx: typer.Context,
    pdf: Pdf = None,
    pptx: Pptx = None,
    xlsx: Xlsx = None,
    first: First = None,
    last: Last = None,
    audience: Asking = Readers.outside,
) -> None:
    """The executive summary as files: what its page shows, and how that was made.

    \b
    Example: python -m liaison report --pdf summary.pdf --pptx summary.pptx --xlsx summary.xlsx
    """
    from liaison.jobs.reported import summary

    wanted = {
        form: file
        for form, file in ((ReportFile.pdf, pdf), (ReportFile.pptx, pptx), (ReportFile.xlsx, xlsx))
        if file is not None
    }
    if not wanted:
        raise typer.BadParameter("Name a file to write.", ctx, param_hint="--pdf, --pptx, --xlsx")
    if first and last and first > last:
        raise typer.BadParameter(f"{first} comes after {last}.", ctx, param_hint="--from")
    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date().isoformat()
        of = summary(home, today, first=first, last=last, audience=audience.audience)
        show(_Shown(of, {form.value: _write(of, form, file) for form, file in wanted.items()}))


def _write(of: "Summary", form: ReportFile, file: Path) -> tuple[Path, int]:
    from liaison.jobs.reported import made

    content = made(of, form)
    return write_file(file, content), len(content)


@dataclass(frozen=True)
class _Shown:
    of: "Summary"
    files: _Made

    def as_json(self) -> dict[str, Any]:
        told, trends = self.of.told, self.of.tables.trends
        return {
            "files": [{"form": form, "path": str(path), "bytes": size} for form, (path, size) in self.files.items()],
            "verdict": self.of.of.verdict,
            "says": self.of.says,
            "window": told["window"],
            "audience": self.of.audience.value,
            "vintage": self.of.vintage.isoformat() if self.of.vintage else None,
            "incremental": told["incremental"],
            "lift": told["lift"],
            "figures": [{"label": each.label, "value": each.value, "under": each.under} for each in self.of.figures],
            "volume": trends.volume.as_json(),
            "leakage": trends.leakage.as_json(),
            "wins": [each.replace("**", "") for each in self.of.changes.wins],
            "risks": [each.replace("**", "") for each in self.of.changes.risks],
            "data_version": self.of.run.data_version,
            "notes": [self.of.audience_says, *self.of.notes],
        }
