"""The ten small CSVs that a team keeps: organisations, practices, providers, territories, people and what they do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from liaison.fieldwork.completeness import visits_complete_from
from liaison.fieldwork.kind import RecordKind, Values
from liaison.fieldwork.kinds import KINDS
from liaison.fieldwork.records import known_ids
from liaison.fieldwork.syntax import Fault, in_file, zip_code
from liaison.ingest.formats.base import Accepted, Field, Format, Kind, Problem, Target
from liaison.ingest.guarded import bare
from liaison.vocabulary import Channel, CostKind, Purpose, Telehealth, TerritoryKind

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

COLUMN = {"from": "starts", "to": "ends"}  # our CSVs' words for them -> the store's columns
NAMED_AT_MOST = 3


class RecordFormat(Format):
    """A format whose rows become records of the kind of the same name."""

    target = Target.records
    zips: ClassVar[tuple[str, ...]] = ()  # fields of five digits that text files rob of their leading zero
    mentions: ClassVar[Mapping[str, str]] = {}  # field -> kind: an unknown id is worth a note, no reject

    def accept(self, conn: "Connection", frame: "pd.DataFrame") -> Accepted:
        """Rows as records; refused where badly written or naming a practice or person that is not known."""
        kind, known, accepted = KINDS[self.record], known_ids(conn), Accepted(rows=[])
        self._learn(known, frame)
        mended: Counter[str] = Counter()
        strangers: dict[str, set[str]] = {field: set() for field in self.mentions}
        for index, given in zip(frame.index, frame.to_dict("records"), strict=True):
            cells = {c: bare(v) if isinstance(v, str) else v for c, v in given.items()}
            values = {COLUMN.get(str(c), str(c)): v for c, v in cells.items()}
            self._mend_zips(values, mended)
            row = kind.typed(values)
            fault = next(iter(kind.faults(row) + _unknown(kind, row, known) or self.beside(conn, row)), None)
            if fault:
                accepted.problems.append(Problem(index, fault.column, fault.reason, fault.remedy))
                continue
            accepted.rows.append(row)
            for field, target in self.mentions.items():
                if row.get(field) and row[field] not in known[target]:
                    strangers[field].add(row[field])
        accepted.notes += [
            f"{n} values of {field} had lost a leading zero; it was put back." for field, n in mended.items() if n
        ]
        accepted.notes += [self._stranger_note(field, ids) for field, ids in strangers.items() if ids]
        return accepted

    def beside(self, conn: "Connection", row: Values) -> list[Fault]:
        """What is wrong with a row that is well written, beside what is on record."""
        return []

    def _learn(self, known: dict[str, set[str]], frame: "pd.DataFrame") -> None:
        """Ids of this very file count as known to its own rows."""
        if self.record in known:
            known[self.record] |= set(frame[KINDS[self.record].keys[0]].dropna())

    def _mend_zips(self, values: Values, mended: Counter[str]) -> None:
        for field in self.zips:
            if values.get(field):
                try:
                    values[field], padded = zip_code(str(values[field]))
                except ValueError:
                    continue  # said of the row by its kind, with the remedy
                mended[field] += padded

    def _stranger_note(self, field: str, ids: set[str]) -> str:
        shown = ", ".join(sorted(ids)[:NAMED_AT_MOST]) + (", ..." if len(ids) > NAMED_AT_MOST else "")
        target = self.mentions[field]
        return f"{field}: {len(ids)} ids are not known yet ({shown}). Import {target} to join them."


def _unknown(kind: RecordKind, row: Mapping[str, Any], known: Mapping[str, set[str]]) -> list[Fault]:
    return [
        Fault(in_file(column), f"is not the id of a {KINDS[target].one}", f"Import {target} first, or correct the id.")
        for column, target in kind.refers.items()
        if row.get(column) and row[column] not in known[target]
    ]


def _from_to(what: str) -> tuple[Field, Field]:
    return Field("from", Kind.date, says=f"First day {what}."), Field("to", Kind.date, says=f"Last day {what}.")


class Organisations(RecordFormat):
    name = record = "organisations"
    title = "Organisations"
    fields = (
        Field("organisation_id", required=True, says="Your id for it."),
        Field("name", required=True, says="What people call it."),
        Field("ours", Kind.flag, required=True, says="Whether it belongs to us: its destinations are in network."),
        Field("aliases", says="Other names in files, parted by semicolons."),
    )


class Practices(RecordFormat):
    name = record = "practices"
    title = "Practices"
    zips = ("zip",)
    mentions: ClassVar[Mapping[str, str]] = {"organisation_id": "organisations"}
    fields = (
        Field("practice_id", required=True, says="Your id for the place."),
        Field("name", required=True, says="What people call it."),
        Field("address", says="Street and number."),
        Field("city"),
        Field("state", says="Two letters."),
        Field("zip", says="Five digits; places it in its territory."),
        Field("lat", Kind.number, says="Latitude in degrees."),
        Field("lon", Kind.number, says="Longitude in degrees."),
        Field("phone"),
        Field("type", says="What kind of practice, in your words."),
        Field("organisation_id", says="The group or system it belongs to."),
        Field("aliases", says="Other names in files, parted by semicolons."),
        Field("rural", Kind.flag, says="Whether it lies in a rural place."),
        Field("safety_net", Kind.flag, says="Whether it serves as a safety net."),
        Field("zone", says="Its own time zone (IANA), where not the instance's."),
        Field("hours", says="Opening hours: Mo-Fr 08:00-12:00;13:00-17:00."),
        Field("parking", says="Where to leave the car."),
        Field("do_not_visit", Kind.flag, says="Whether it asked not to be visited."),
        Field("frequency", says="How often to visit: weekly, fortnightly, monthly, quarterly."),
    )


class Providers(RecordFormat):
    name = record = "providers"
    title = "Providers"
    mentions: ClassVar[Mapping[str, str]] = {"practice_id": "practices", "organisation_id": "organisations"}
    fields = (
        Field("npi", Kind.npi, required=True, says="Ten digits; a row a provider and place."),
        Field("name", required=True),
        Field("taxonomy_code", says="NUCC code of the specialty."),
        Field("practice_id", says="Where they work."),
        Field("organisation_id", says="To whom they belong."),
        Field("in_office", says="Days in this office: Mo;We."),
        Field("telehealth", Kind.choice, choices=tuple(Telehealth), says="Sees patients from afar; blank: not known."),
        Field("telehealth_note", says="What to say of it: follow-ups only, Tu and Th. No patient."),
        *_from_to("at this place"),
    )


class Territories(RecordFormat):
    name = record = "territories"
    title = "Territories"
    zips = ("code",)
    fields = (
        Field("territory_id", required=True, says="Your id for it."),
        Field("name", required=True),
        Field("kind", Kind.choice, required=True, choices=tuple(TerritoryKind), says="What the code is."),
        Field("code", required=True, says="A ZIP code or a county's FIPS code; a row each."),
        *_from_to("of belonging to the territory"),
        Field("visits_complete_from", Kind.month, says="Since when every visit in it is recorded."),
    )


class People(RecordFormat):
    name = record = "people"
    title = "People"
    zips = ("start_zip",)
    fields = (
        Field("person_id", required=True, says="Your id for the person."),
        Field("name", required=True),
        Field("email"),
        Field("role", says="Liaison, manager, ... in your words."),
        Field("start_zip", says="Where the day begins; or lat and lon."),
        Field("lat", Kind.number),
        Field("lon", Kind.number),
        Field("works_from", says="Begin of the working day, hh:mm."),
        Field("works_to", says="End of the working day, hh:mm."),
        Field("days", says="Working days: Mo-Fr."),
        Field("own_or_contract", says="Employed or contracted."),
        *_from_to("in the team"),
        Field("visits_complete_from", Kind.month, says="Since when every visit of theirs is recorded."),
        Field("mail", says="What they are told by mail: assigned;overdue;digest, or none. Blank: all three."),
    )


class Assignments(RecordFormat):
    name = record = "assignments"
    title = "Assignments"
    fields = (
        Field("practice_id", required=True, says="A practice on record."),
        Field("person_id", required=True, says="A person on record, who looks after it."),
        Field("service_line", says="For this line only."),
        *_from_to("of the assignment"),
    )


class Contacts(RecordFormat):
    name = record = "contacts"
    title = "Contacts at practices"
    fields = (
        Field("practice_id", required=True, says="A practice on record."),
        Field("name", required=True, says="Whom to ask for."),
        Field("job"),
        Field("phone"),
        Field("email"),
    )


class Visits(RecordFormat):
    name = record = "visits"
    title = "Visits"
    one_of = (("practice_id", "npi"),)
    options = ("complete_from",)
    fields = (
        Field("visit_id", required=True, says="Your id for the visit."),
        Field("person_id", required=True, says="Who went."),
        Field("date", Kind.date, required=True, says="The day it took place."),
        Field("practice_id", says="Where; this or the provider's NPI."),
        Field("npi", Kind.npi, says="Whom, where no practice is given."),
        Field("channel", Kind.choice, choices=tuple(Channel)),
        Field("purpose", Kind.choice, choices=tuple(Purpose)),
        Field("outcome", says="In your words."),
        Field("ask", says="What was asked for."),
        Field("next_step", says="What was promised."),
        Field("next_step_on", Kind.date, says="By when."),
        Field("minutes", Kind.number),
        Field("miles", Kind.number),
        Field("notes"),
        Field("arrived_at", says="Time of arrival, hh:mm."),
        Field("people_met", says="Whom one met, parted by semicolons."),
        Field("materials", says="Ids of what was left there, parted by semicolons."),
        Field("next_step_done_on", Kind.date, says="The day the promise was kept."),
        Field("logged_at", says="When it was written down: YYYY-MM-DDThh:mm:ss+00:00."),
        Field("voided", says="Why it does not count. Blank: it does."),
    )

    def also(
        self, conn: "Connection", rows: Sequence[Values], known: Mapping[str, str], actor: str, batch_id: str
    ) -> None:
        """`complete_from`: since that month every visit of the people in the file is in it."""
        if month := known.get("complete_from"):
            visits_complete_from(conn, (row["person_id"] for row in rows), month, actor, batch_id)


class Costs(RecordFormat):
    name = record = "costs"
    title = "Costs"
    fields = (
        Field("month", Kind.month, required=True, says="The month that the money was spent in."),
        Field("kind", Kind.choice, required=True, choices=tuple(CostKind)),
        Field("amount", Kind.number, required=True, says="Dollars."),
        Field("person_id", says="For whom."),
        Field("note"),
    )


class Margins(RecordFormat):
    name = record = "margins"
    title = "Margins"
    fields = (
        Field("service_line", required=True, says="The line that the figure is for."),
        Field("margin", Kind.number, required=True, says="Dollars that a completed referral contributes."),
        Field("low", Kind.number, says="At least."),
        Field("high", Kind.number, says="At most."),
        Field("from", Kind.date, says="Since when it holds."),
        Field("source", says="Where the figure comes from."),
    )


class Waits(RecordFormat):
    name = record = "waits"
    title = "Waiting times"
    fields = (
        Field("service_line", required=True, says="The line that new patients wait for."),
        Field("days", Kind.number, required=True, says="Days to the next appointment that a new patient could have."),
        Field("measured_on", Kind.date, required=True, says="The day it was looked up; after three months it lapses."),
        Field("source", says="Who looked, and where."),
    )


FORMATS: tuple[type[RecordFormat], ...] = (
    *(Organisations, Practices, Providers, Territories, People),
    *(Assignments, Contacts, Visits, Costs, Margins, Waits),
)
