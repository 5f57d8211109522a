"""Campaigns, their lists and briefings as CSVs. What a frozen list rests on is never changed by a file."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from liaison.fieldwork.campaigns import WAVES, campaign_faults, list_faults, not_frozen
from liaison.fieldwork.kind import Values
from liaison.fieldwork.records import write
from liaison.fieldwork.syntax import Fault
from liaison.ingest.formats.base import Accepted, Field, Kind, Problem
from liaison.ingest.formats.records import RecordFormat
from liaison.vocabulary import CampaignArm, CampaignKind

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

VOIDED = Field("voided", says="Why it does not stand.")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


class Campaigns(RecordFormat):
    name = record = "campaigns"
    title = "Campaigns"
    fields = (
        Field("campaign_id", required=True, says="Your id for it."),
        Field("title", required=True, says="What is made known."),
        Field("what", Kind.choice, required=True, choices=tuple(CampaignKind)),
        Field("starts", Kind.date, required=True, says="Its first day; fixed once its list is frozen.", ahead=True),
        Field("person_id", required=True, says="Who of the team answers for it."),
        Field("service_line", says="The line that it is about."),
        Field("message", says="What practices are told."),
        Field("materials", says="Ids of what is left there, parted by semicolons."),
        Field("ends", Kind.date, says="Its last day.", ahead=True),
        Field("kept_aside", Kind.number, says="Share of the list kept aside, 0 to 0.5; fixed once it is frozen."),
        Field("seed", says="Digits that the lot begins with; fixed once the list is frozen."),
        Field("frozen_on", Kind.date, says="Written when the list is frozen; leave it blank."),
        VOIDED,
    )

    def beside(self, conn: "Connection", row: Values) -> list[Fault]:
        return campaign_faults(conn, row)


class CampaignTargets(RecordFormat):
    name = record = "campaign_targets"
    title = "Lists of campaigns"
    fields = (
        Field("campaign_id", required=True, says="A campaign on record that has no list yet and has not begun."),
        Field("practice_id", required=True, says="A practice on record; the file is the whole list."),
        Field("arm", Kind.choice, required=True, choices=tuple(CampaignArm), says="Where the lot put it."),
        Field("stratum", says="The stratum that the lot drew it from."),
        Field("wave", Kind.choice, choices=WAVES, says="Days within which a target is introduced."),
        Field("volume", Kind.number, says="Referrals of the twelve months before."),
    )

    def beside(self, conn: "Connection", row: Values) -> list[Fault]:
        return list_faults(conn, row, _today())

    def accept(self, conn: "Connection", frame: "pd.DataFrame") -> Accepted:
        """A list comes in whole: half of one would be another list."""
        found = super().accept(conn, frame)
        if found.problems:
            bad, first = {one.index for one in found.problems}, found.problems[0]
            said = f"is of a list that cannot come in, since {first.column} of another row {first.reason}"
            rest = [Problem(index, "campaign_id", said, first.remedy) for index in frame.index if index not in bad]
            return Accepted(rows=[], problems=[*found.problems, *rest], notes=found.notes)
        return found

    def also(
        self, conn: "Connection", rows: Sequence[Values], known: Mapping[str, str], actor: str, batch_id: str
    ) -> None:
        """What came in is frozen, so that no second file mends it."""
        ids = not_frozen(conn, {str(row["campaign_id"]) for row in rows})
        day = _today()
        write(conn, "campaigns", [{"campaign_id": id_, "frozen_on": day} for id_ in ids], actor, batch_id)


class Briefings(RecordFormat):
    name = record = "briefings"
    title = "Briefings of our own people"
    fields = (
        Field("campaign_id", required=True, says="A campaign on record."),
        Field("audience", required=True, says="Who was told, such as: neurology front desk."),
        Field("briefed_on", Kind.date, required=True, says="When."),
        Field("person_id", says="By whom of the team."),
        Field("note"),
        VOIDED,
    )


FORMATS: tuple[type[RecordFormat], ...] = (Campaigns, CampaignTargets, Briefings)
