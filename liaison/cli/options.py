"""Options that several commands take, and the home that they work on."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

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

OPTIONS: dict[str, Any] = {
    "first": First,
    "last": Last,
    "territory": Territory,
    "service_line": ServiceLine,
    "practice_type": PracticeType,
    "payer": Payer,
    "priority": Urgency,
    "source": Source,
    "vantage": Seen,
    "practice": Practice,
    "practice_group": Group,
    "organisation": Organisation,
    "cause": Cause,
}
AS_PAGES = ("territory", "service_line", "practice_type", "payer", "priority", "source")  # what pages are filtered by
AS_STAGES = (*AS_PAGES, "vantage", "practice")
AS_REFERRALS = tuple(name for name in OPTIONS if name not in ("first", "last"))


def asking(*names: str, **instead: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the months and these filters as options; its body reads them through `filters(ctx)`.

    They stand behind the command's own options and before `audience`. `instead`: another option in place of one.
    """

    def given(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command).parameters.values())
        at = next((i for i, parameter in enumerate(own) if parameter.name == "audience"), len(own))
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        added = [
            inspect.Parameter(name, kind, default=None, annotation=instead.get(name, OPTIONS[name]))
            for name in ("first", "last", *names)
        ]

        @wraps(command)
        def run(ctx: typer.Context, **options: Any) -> None:
            command(ctx, **{name: options[name] for name in options if name not in {one.name for one in added}})

        every = [*own[:at], *added, *own[at:]]
        vars(run)["__signature__"] = inspect.Signature(every)
        run.__annotations__ = {one.name: one.annotation for one in every}
        return run

    return given


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
