"""What the Practices page shows: the directory, or one practice's story."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from liaison.cli.options import (
    AS_PAGES,
    asking,
    filters,
    opened_home,
)
from liaison.cli.show import show
from liaison.errors import LiaisonError


class Peers(StrEnum):
    practice_type = "practice_type"
    territory = "territory"


def add_to(app: typer.Typer) -> None:
    app.command()(practice)


@asking(*AS_PAGES)
def practice(
    ctx: typer.Context,
    practice_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which practice. Without it: the directory of all.")
    ] = None,
    peers: Annotated[
        Peers, typer.Option(metavar="|".join(Peers), help="With whom its funnel is compared.")
    ] = Peers.practice_type,
) -> None:
    """One practice's story: what it sends and where, who works there, what was done. Without an id, the directory.

    \b
    Example: python -m liaison practice P0042 --from 2026-01
    """
    with opened_home() as home:
        asked = filters(ctx)
        _refuse_what_is_of_no_use(practice_id, asked)
        show(_story(home, practice_id, asked, peers.value) if practice_id else _directory(home, asked))


def _refuse_what_is_of_no_use(practice_id: str | None, asked: Any) -> None:
    """What would be left away unsaid is refused instead."""
    if practice_id and (asked.territory or asked.practice_type):
        raise LiaisonError(
            f"{practice_id} lies in one territory and is of one type: neither cuts its figures.",
            remedy="Leave --territory and --practice-type away.",
        )
    if not practice_id and asked.first:
        raise LiaisonError(
            "The directory is told of twelve months, whatever it begins with.",
            remedy="Say with --to which month they end with, or name a practice.",
        )


def _directory(home: Any, asked: Any) -> dict[str, Any]:
    from liaison.access import owner
    from liaison.fieldwork.one_practice import last_touches
    from liaison.metrics.directory import directory
    from liaison.store import reading
    from liaison.vocabulary import Audience

    found = directory(home.live(), owner(), Audience.inside, asked).as_json()
    with reading(home.store) as connection:
        touched = last_touches(connection)
    rows = [{**row, "last_touch": touched.get(row["practice_id"])} for row in found["rows"]]
    return {**found, "rows": rows}


def _story(home: Any, practice_id: str, asked: Any, peers: Any) -> dict[str, Any]:
    """One practice."""
    from dataclasses import replace

    from liaison.access import owner
    from liaison.fieldwork.one_practice import practice_file, survivor
    from liaison.metrics.elsewhere import elsewhere
    from liaison.metrics.filters import checked
    from liaison.metrics.findings.practice import practice_also, practice_headline
    from liaison.metrics.one_practice import one_practice
    from liaison.metrics.peers import beside_peers
    from liaison.store import reading
    from liaison.vocabulary import Audience

    live = home.live()
    with reading(home.store) as connection:
        kept = practice_file(connection, survivor(connection, practice_id))
    question = replace(asked, practice=kept.practice_id)
    if kept.record is None:
        checked(live, question)
    asks = (live, owner(), Audience.inside, question)
    story = one_practice(*asks)
    told = {"headline": practice_headline(story), "also": practice_also(story), **story.as_json()}
    told["merged_into"] = kept.practice_id if kept.practice_id != practice_id else None
    told["elsewhere"] = elsewhere(*asks).as_json()
    beside = beside_peers(*asks, peers, story.lies[peers][0]) if peers in story.lies else None
    return told | {"peers": beside.as_json() if beside else None} | kept.as_json()
