"""Commands that bring data in and take it out: demo, formats, import, forget, recount."""

from pathlib import Path
from typing import Annotated

import typer

from liaison.cli.options import a_date, a_month, opened_home
from liaison.cli.own_market import tell_if_behind
from liaison.cli.show import Progress, show


def add_to(app: typer.Typer) -> None:
    for command, name in ((demo, "demo"), (formats, "formats"), (import_, "import"), (forget, "forget")):
        app.command(name)(command)
    app.command("recount")(recount)


def demo(
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed is another market.")] = 1,
    practices: Annotated[int, typer.Option(metavar="N", help="How many practices refer.")] = 400,
    referrals: Annotated[int, typer.Option(metavar="N", help="How many referrals, up to 50 million.")] = 200_000,
    months: Annotated[int, typer.Option(metavar="N", help="How many months the market has.")] = 36,
    until: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", callback=a_month, help="The last month. Default: always the same one."),
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write here, as JSON, what is true of the market.")
    ] = None,
) -> None:
    """Fill an empty home with the fictional market.

    \b
    Example: LIAISON_HOME=data/demo python -m liaison demo --practices 200 --truth truth.json
    """
    from liaison.demo.build import build

    with opened_home() as home:
        show(
            build(
                home,
                seed=seed,
                practices=practices,
                referrals=referrals,
                months=months,
                until=until,
                truth=truth,
                progress=Progress(),
            )
        )


def formats() -> None:
    """List the formats that can be imported, with their fields.

    \b
    Example: python -m liaison formats
    """
    from liaison.ingest.formats import all_formats

    show({"formats": [format_.describe() for format_ in all_formats().values()]})


def import_(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="One that the command formats lists.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Several files are one import.")],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file that says which of their columns is which of ours.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="The system that the rows come from.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=a_date, help="The day of the extract. Default: its newest date."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count, store nothing.")] = False,
    allow_rejects: Annotated[
        bool, typer.Option("--allow-rejects", help="Store the good rows even where more than 5% are rejected.")
    ] = False,
    complete_from: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", callback=a_month, help="visits: every visit since this month is in the file."),
    ] = None,
    states: Annotated[str | None, typer.Option(metavar="TN,KY", help="nppes: only places in these states.")] = None,
    counties: Annotated[
        str | None, typer.Option(metavar="FIPS,...", help="nppes: only places in these counties.")
    ] = None,
) -> None:
    """Import files, whole or not at all. The same file again changes nothing.

    \b
    Example: python -m liaison import referrals march.csv --source epic-main --as-of 2026-03-31
    """
    from datetime import date

    from liaison.ingest.run import import_files

    asked = {"complete_from": complete_from, "states": states, "counties": counties}
    with opened_home() as home:
        show(
            import_files(
                home,
                format_name,
                paths,
                mapping=mapping,
                source=source,
                as_of=date.fromisoformat(as_of) if as_of else None,
                dry_run=dry_run,
                allow_rejects=allow_rejects,
                progress=Progress(),
                known={name: value for name, value in asked.items() if value is not None},
            )
        )
        tell_if_behind(home)


def forget(batch: Annotated[str, typer.Argument(metavar="BATCH", help="The batch that the import named.")]) -> None:
    """Take one import back out of the figures; what it replaced counts again.

    \b
    Example: python -m liaison forget 4f1c2a9b
    """
    from liaison.ingest.run import forget as take_out

    with opened_home() as home:
        show({"data_version": take_out(home, batch, actor="owner", progress=Progress())})
        tell_if_behind(home)


def recount() -> None:
    """Count everything anew, after practices, people or organisations were changed outside of an import.

    \b
    Example: python -m liaison recount
    """
    from liaison.metrics.recount import recount_all

    with opened_home() as home:
        show({"data_version": recount_all(home, Progress())})
        tell_if_behind(home)
