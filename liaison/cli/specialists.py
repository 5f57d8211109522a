"""The command that lists our own specialists and whether they see patients by video or phone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show

if TYPE_CHECKING:
    from liaison.fieldwork.specialists import Specialist


class Way(StrEnum):
    """How they see patients from afar."""

    video = "video"
    phone = "phone"
    not_offered = "not_offered"
    unknown = "unknown"


By = Annotated[
    Way | None,
    typer.Option("--telehealth", metavar="|".join(Way), help="Only these; who does both is in video and in phone."),
]
Line = Annotated[str | None, typer.Option("--service-line", metavar="NAME", help="Only of this line: id or label.")]


def add_to(app: typer.Typer) -> None:
    app.command()(specialists)


def specialists(telehealth: By = None, service_line: Line = None) -> None:
    """Our own specialists: line, organisation, whether they see patients by video or phone, and what to say of it.

    \b
    Example: python -m liaison specialists --telehealth video --service-line cardiology
    """
    from liaison.errors import LiaisonError
    from liaison.facts.reference import line_of_key
    from liaison.fieldwork.specialists import specialists as listed
    from liaison.store import reading
    from liaison.vocabulary import comparison_key

    line = line_of_key().get(comparison_key(service_line)) if service_line is not None else None
    if service_line is not None and line is None:
        known = ", ".join(dict.fromkeys(line_of_key().values()))
        raise LiaisonError(f"There is no service line {service_line}.", remedy=f"Known are {known}.")
    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date().isoformat()
        with reading(home.store) as connection:
            found = listed(connection, today)
    show(_Rows([one for one in found if one.answers(telehealth) and line in (None, one.line)]))


@dataclass(frozen=True)
class _Rows:
    rows: "list[Specialist]"

    def as_json(self) -> dict[str, Any]:
        return {"rows": [one.as_json() for one in self.rows]}

    def as_text(self) -> str:
        """A line each."""
        said = [
            f"{one.npi}  {one.called}, {one.organisation}" + (f" ({one.note})" if one.note else "") for one in self.rows
        ]
        return "\n".join(said) or "No specialist answers to this."
