"""The command of the gift ledger. It stands alone: no other command prints what physicians were given."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.files import write_file
from liaison.cli.options import opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

Year = Annotated[str | None, typer.Option("--year", metavar="YYYY", help="Which calendar year. Default: this one.")]
Npi = Annotated[list[str] | None, typer.Option("--npi", metavar="NPI", help="The physician; several shared a meal.")]
Dollars = Annotated[float | None, typer.Option("--dollars", metavar="N", min=0.01, help="Enter what was given.")]
On = Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day it was given. Default: today.")]
What = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="gift, meal, on_campus or repayment, as the ledger calls them.")
]
Ate = Annotated[int | None, typer.Option("--ate", metavar="N", min=1, help="How many shared the meal.")]
Occasion = Annotated[str | None, typer.Option("--occasion", metavar="WORDS", help="What it was given for.")]
Override = Annotated[
    str | None, typer.Option("--override", metavar="REASON", help="Why the entry may pass the limit, and who decided.")
]
Void = Annotated[str | None, typer.Option("--void", metavar="ID", help="Void this entry, for the reason given.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write the year for an auditor, on paper.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the same as a workbook.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why an entry is voided.")]


def add_to(app: typer.Typer) -> None:
    app.command("gifts")(gifts)


def gifts(
    year: Year = None,
    npi: Npi = None,
    dollars: Dollars = None,
    on: On = None,
    kind: What = "gift",
    ate: Ate = None,
    occasion: Occasion = None,
    override: Override = None,
    void: Void = None,
    reason: Reason = None,
    pdf: Pdf = None,
    xlsx: Xlsx = None,
) -> None:
    """What physicians were given in a calendar year, held against its limit; enters and voids, and reports to auditors.

    An entry that would pass the limit is refused unless it carries an override with its reason. For an auditor
    write the year as a file: --pdf, --xlsx.

    \b
    Example: python -m liaison gifts --npi 1234567893 --dollars 20 --occasion "Lunch and learn" --kind meal --ate 8
    """
    from liaison.fieldwork import gift_ledger as ledger
    from liaison.fieldwork.organisations import our_name
    from liaison.reports.gift_audit import year_book, year_pdf
    from liaison.store import reading

    actor = "command line"
    with opened_home() as home:
        at = datetime.now(home.settings.time_zone)
        now = at.date().isoformat()
        if void is not None:
            ledger.void_by_id(home.store, void, reason or "", actor=actor)
        elif dollars is not None:
            values = {"given_on": on or now, "kind": kind, "occasion": occasion, "override": override}
            if kind == "meal":
                ledger.meal(home.store, npi or [], dollars, ate or 0, values, actor=actor)
            elif len(npi or []) == 1 and npi:
                ledger.give(home.store, {**values, "npi": npi[0], "amount": dollars}, actor=actor)
            else:
                raise LiaisonError("An entry names one physician.", remedy="Give --npi once.")
        with reading(home.store) as connection:
            told, ours = ledger.audited(connection, year or (on or now)[:4]), our_name(connection)
        for file, made in ((pdf, year_pdf), (xlsx, year_book)):
            if file is not None:
                write_file(file, made(told, ours, at, actor))
        show(told)
