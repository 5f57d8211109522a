"""Options that several commands take, and the home that they work on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from liaison.errors import LiaisonError
from liaison.vocabulary import Audience, Priority, Vantage

if TYPE_CHECKING:
    from liaison.config import Settings
    from liaison.facts.home import Home
    from liaison.metrics.filters import Filters

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Readers(StrEnum):
    """Who will read the answer."""

    inside = "inside"
    outside = "outside"

    @property
    def audience(self) -> Audience:
        return Audience(self.value)


def a_month(text: str | None) -> str | None:
    if text is not None and not MONTH.fullmatch(text):
        raise typer.BadParameter(f"{text} is not a month; write it as 2026-03.")
    return text


def a_date(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text is not None else None
    except ValueError as bad:
        raise typer.BadParameter(f"{text} is not a date; write it as 2026-03-31.") from bad


def _month_option(name: str, says: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="YYYY-MM", callback=a_month, help=says)
    return option


def _filter(name: str, metavar: str, says: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=says)
    return option


First = Annotated[str | None, _month_option("--from", "First month, included. Default: the first there is.")]
Last = Annotated[str | None, _month_option("--to", "Last month, included. Default: the last complete one.")]
FirstUnused = Annotated[
    str | None, _month_option("--from", "Accepted, but of no effect: each class counts its own months before the last.")
]
Asking = Annotated[
    Readers, typer.Option("--audience", metavar="|".join(Readers), help="outside: numbers under 11 are hidden.")
]
Territory = Annotated[str | None, _filter("--territory", "TERRITORY", "Only practices of this territory.")]
ServiceLine = Annotated[str | None, _filter("--service-line", "LINE", "Only this service line.")]
PracticeType = Annotated[str | None, _filter("--practice-type", "TYPE", "Only practices of this type.")]
Payer = Annotated[str | None, _filter("--payer", "PAYER", "Only this payer.")]
Urgency = Annotated[Priority | None, _filter("--priority", "|".join(Priority), "Only this priority.")]
Source = Annotated[str | None, _filter("--source", "SOURCE", "Only referrals of this source.")]
Seen = Annotated[Vantage | None, _filter("--vantage", "|".join(Vantage), "Only referrals seen from here.")]
Organisation = Annotated[
    str | None, _filter("--organisation", "ORGANISATION", "Only referrals that went to this organisation.")
]
Cause = Annotated[str | None, _filter("--cause", "CAUSE", "Only referrals that left for this cause.")]
Group = Annotated[str | None, _filter("--practice-group", "GROUP", "Only practices of this group.")]
Practice = Annotated[str | None, _filter("--practice", "PRACTICE", "Only this practice, by its id.")]


def settings() -> "Settings":
    """What the LIAISON_ variables say; one that cannot be read is named."""
    from pydantic import ValidationError

    from liaison.config import Settings

    try:
        return Settings()
    except ValidationError as bad:
        first = bad.errors()[0]
        name = "LIAISON_" + "_".join(str(part) for part in first["loc"]).upper()
        raise LiaisonError(f"{name} cannot be read: {first['msg']}.", remedy="Mend it, or unset it.") from bad


@contextmanager
def opened_home() -> Iterator["Home"]:
    """The home that LIAISON_HOME names."""
    home = _open()
    try:
        yield home
    finally:
        home.close()


def _open() -> "Home":
    from sqlalchemy.exc import InterfaceError, OperationalError

    from liaison.facts.home import Home

    chosen = settings()
    try:
        return Home.open(chosen)
    except OSError as closed:
        raise LiaisonError(
            f"The home {chosen.home} cannot be used: {closed.strerror}.", remedy="Name another folder in LIAISON_HOME."
        ) from closed
    except (OperationalError, InterfaceError) as silent:
        raise LiaisonError(
            "The store does not answer.", remedy="See whether its database runs, and what LIAISON_STORE_URL says."
        ) from silent


def filters(ctx: typer.Context) -> "Filters":
    """The question that a command's options ask; a window that ends before it begins is not understood."""
    from liaison.metrics.filters import COLUMN, Filters

    given = {name: value for name, value in ctx.params.items() if value is not None}
    first, last = given.get("first"), given.get("last")
    if first and last and first > last:
        raise typer.BadParameter(f"{first} comes after {last}.", ctx, param_hint="--from")
    return Filters(first, last, **{name: str(value) for name, value in given.items() if name in COLUMN})
