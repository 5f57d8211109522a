"""The command that draws territories up, changes a proposal, and adopts it from a day on."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.cli.options import a_date, opened_home
from liaison.cli.show import Progress, show
from liaison.errors import LiaisonError

if TYPE_CHECKING:
    from liaison.facts.home import Home
    from liaison.planning.territories.drafts import Draft


class From(StrEnum):
    """What territories are made of."""

    county = "county"
    zip = "zip"
    mixed = "mixed"


Anew = Annotated[bool, typer.Option("--draw", help="Draw a new proposal; the ones before are kept.")]
Made = Annotated[
    From,
    typer.Option(
        "--from", metavar="AREAS", help="county, zip, or mixed: counties, and the ZIPs of those that are too large."
    ),
]
Who = Annotated[
    list[str] | None,
    typer.Option("--liaison", metavar="ID", help="Among whom: a person's id; may be repeated. Default: as today."),
]
Split = Annotated[
    bool, typer.Option("--split", help="Let single practices go over where whole areas are too coarse to be fair.")
]
Tolerance = Annotated[
    float,
    typer.Option("--tolerance", metavar="SHARE", min=0.01, max=0.5, help="How far work may lie from what is due."),
]
HandOver = Annotated[
    float,
    typer.Option(
        "--hand-over", metavar="MINUTES", min=0, max=10_000, help="What a practice that changes hands counts, a year."
    ),
]
Move = Annotated[
    list[str] | None,
    typer.Option("--move", metavar="WHAT=ID", help="Give an area (zip:28801) or a practice to a liaison; repeatable."),
]
Adopt = Annotated[
    str | None,
    typer.Option("--adopt", metavar="DATE", callback=a_date, help="Let it hold from this day, the first of a month."),
]
Alone = Annotated[bool, typer.Option("--assignments-only", help="With --adopt: leave the territories as they are.")]
Past = Annotated[bool, typer.Option("--past", help="With --adopt: also where months that are complete change by it.")]


def add_to(app: typer.Typer) -> None:
    app.command("territories")(territories)


def territories(
    draw: Anew = False,
    areas: Made = From.zip,
    liaison: Who = None,
    split: Split = False,
    tolerance: Tolerance = 0.05,
    hand_over: HandOver = 120.0,
    move: Move = None,
    adopt: Adopt = None,
    assignments_only: Alone = False,
    past: Past = False,
) -> None:
    """Who should cover what: territories of equal work, each of a piece, near to today's.

    The newest proposal is shown; where there is none, one is drawn. The page Draw territories shows the same. Adopted,
    it ends assignments the day before and begins new ones: what came before keeps its credit.

    \b
    Example: python -m liaison territories --draw --from zip
    """
    from liaison.planning.territories.areas import DrawnFrom
    from liaison.planning.territories.made import draw_up

    with opened_home() as home:
        draft = None if draw else _newest(home)
        if draft is None:
            asked = {"people": liaison or (), "split": split, "tolerance": tolerance, "hand_over": hand_over}
            draft = draw_up(home, Progress(), by=DrawnFrom(areas.value), actor="command line", **asked)  # type: ignore[arg-type]
        for each in move or ():
            draft = _moved(home, draft, each)
        if adopt is not None:
            _adopted(home, draft, date.fromisoformat(adopt), not assignments_only, past)
            draft = _newest(home) or draft
        show(_Shown(home, draft))


class _Shown:
    """A proposal with the names of practices."""

    def __init__(self, home: "Home", draft: "Draft") -> None:
        self.home, self.draft = home, draft

    def as_json(self) -> dict[str, object]:
        from liaison.planning.territories.told import draft_as_json

        labels = self.home.live().label_of
        ids = (need.practice for need in self.draft.market.needs)
        return draft_as_json(self.draft, {id_: labels.get(("practice", id_), id_) for id_ in ids})


def _newest(home: "Home") -> "Draft | None":
    from liaison.planning.territories.drafts import stored_draft
    from liaison.store import reading

    with reading(home.store) as connection:
        return stored_draft(connection)


def _moved(home: "Home", draft: "Draft", said: str) -> "Draft":
    from liaison.planning.territories.made import Editor

    what, _, who = said.rpartition("=")
    if not what or not who:
        raise LiaisonError(f"{said} says nobody.", remedy="Write --move zip:28801=L2, or a practice's id before the =.")
    editor = Editor(home, draft.draft_id, draft.revision, "command line")
    return editor.move_area(what, who) if ":" in what else editor.move_practice(what, who)


def _adopted(home: "Home", draft: "Draft", on: date, with_territories: bool, past: bool) -> None:
    from liaison.metrics.recount import recount_all
    from liaison.planning.territories.adopt import adopt

    actor = "command line"
    adopt(home, draft.draft_id, draft.revision, on, actor=actor, with_territories=with_territories, past=past)
    if with_territories:
        recount_all(home, Progress())
