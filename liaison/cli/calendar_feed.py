"""The command that makes and ends the secret address of a liaison's calendar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

if TYPE_CHECKING:
    from liaison.planning.stored.feeds import Feed

Who = Annotated[str, typer.Option("--liaison", metavar="ID", help="Whose calendar: a person's id.")]
New = Annotated[bool, typer.Option("--new", help="Make an address; the one before ends. It is printed once.")]
Revoke = Annotated[bool, typer.Option("--revoke", help="End the address that there is.")]


def add_to(app: typer.Typer) -> None:
    app.command("calendar")(calendar)


def calendar(liaison: Who, new: New = False, revoke: Revoke = False) -> None:
    """The address at which a liaison's calendar reads the plans: whether there is one; a new one; none any more.

    The address is secret: whoever has it reads the visits. It answers while `serve` runs.

    \b
    Example: python -m liaison calendar --liaison L1 --new
    """
    from liaison.access import owner
    from liaison.planning.stored.feeds import feed_of, new_feed, revoke_feed
    from liaison.store import reading

    if new and revoke:
        raise LiaisonError("An address cannot be made and ended at once.", remedy="Give --new or --revoke.")
    with opened_home() as home:
        token = new_feed(home, liaison, owner()) if new else None
        if revoke:
            revoke_feed(home, liaison)
        with reading(home.store) as connection:
            show(_Shown(liaison, feed_of(connection, liaison), token))


@dataclass(frozen=True)
class _Shown:
    liaison: str
    feed: "Feed | None"
    token: str | None

    def as_json(self) -> dict[str, Any]:
        """`path` stands behind the server's address; null unless it was just made."""
        made = {"at": self.feed.made_at, "by": self.feed.made_by} if self.feed else None
        path = f"/calendar/{self.token}.ics" if self.token else None
        return {"liaison": self.liaison, "made": made, "path": path}
