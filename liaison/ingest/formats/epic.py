"""Epic's REFERRAL export, with the appointments and the list of referral sources that may come beside it.

Category names are local: what is not known here can be mapped (`[values.status]`, `[values.vantage]`, ...).
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, null, or_, select

from liaison.ingest.formats.base import Field, Format, Kind, Part, Target
from liaison.vocabulary import Exit, Priority, Vantage

CLASSES = {
    "incoming": Vantage.received.value,
    # Both are ordered by our own people, whose orders to the outside we also see.
    "outgoing": Vantage.ordered.value,
    "internal": Vantage.ordered.value,
}
AUTHORISED = ("authorized", "authorised", "approved", "auth not required", "authorization not required")
ENDED = {
    **dict.fromkeys(("denied", "declined", "rejected"), Exit.declined.value),
    **dict.fromkeys(("canceled", "cancelled"), Exit.cancelled.value),
    **dict.fromkeys(("expired",), Exit.expired.value),
    **dict.fromkeys(("no show", "no_show", "no-show"), Exit.no_show.value),
}
CLOSED = ("closed",)
OPEN = (
    "open",
    "new",
    "new request",
    "pending",
    "pending review",
    "pended",
    "incomplete",
    "scheduled",
    "completed",
    "complete",
)
CLOSED_FOR = (  # words within a reason for closing -> how it ended
    (("no show", "no-show", "did not attend"), Exit.no_show.value),
    (("expire",), Exit.expired.value),
    (("deni", "declined by", "rejected"), Exit.declined.value),
    (("cancel", "patient declin", "refus", "no longer needed", "duplicate"), Exit.cancelled.value),
)
URGENCY = {
    **dict.fromkeys(("routine", "elective", "standard"), Priority.routine.value),
    **dict.fromkeys(("urgent", "expedited", "asap", "priority"), Priority.urgent.value),
    **dict.fromkeys(("stat", "emergency", "emergent", "immediate"), Priority.stat.value),
}
SEEN = ("completed", "complete", "arrived", "checked out", "seen")
MISSED = ("no show", "no-show", "no_show")
CALLED_OFF = ("canceled", "cancelled")

SOURCES = Part(
    "sources",
    (
        Field("source_id", required=True, headers=("REFERRING_PROV_ID",), says="Epic's id of a referral source."),
        Field("npi", Kind.npi, required=True, headers=("NPI",), says="Its NPI."),
    ),
)
APPOINTMENTS = Part(
    "appointments",
    (
        Field("referral_id", required=True, headers=("REFERRAL_ID",)),
        Field("service_date", Kind.date, required=True, headers=("SERVICE_DATE",), ahead=True),
        Field("service_type", headers=("SERVICE_TYPE_C_NAME",)),
        Field("status", headers=("EXT_APPT_STATUS_C_NAME",)),
    ),
)
Text = ColumnElement[Any]


class EpicReferral(Format):
    """`REFERRAL`; `ADJ_NET_STATUS` is the payer's network and is never read as ours."""

    name = "epic-referral"
    title = "Epic REFERRAL"
    target = Target.referrals
    parts = (SOURCES, APPOINTMENTS)
    listed_identifiers = ("PAT_ID",)
    blank_keys = True
    one_of = (("referring_practice", "source_name", "source_id"),)
    date_formats = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y")  # Caboodle's integers too; the reader takes a time after each
    fields = (
        Field("referral_id", required=True, headers=("REFERRAL_ID",)),
        Field("created_on", Kind.date, required=True, headers=("ENTRY_DATE",), becomes="created_day"),
        Field(
            "vantage",
            Kind.choice,
            choices=tuple(Vantage),
            default=Vantage.ordered.value,
            headers=("RFL_CLASS_C_NAME",),
            words=CLASSES,
            says="Incoming is received by us; outgoing and internal are ordered by us.",
        ),
        Field("status", headers=("RFL_STATUS_C_NAME",), says="Says whether it was authorised, and how it ended."),
        Field(
            "source_id", headers=("REFERRING_PROV_ID",), says="A referral-source record, no NPI; a second file maps it."
        ),
        Field("source_name", headers=("REFERRING_PROV_ID_REFERRING_PROV_NAM",), says="Stands in for the practice."),
        Field("referring_practice", headers=("REFD_BY_LOC_POS_ID_LOC_NAME",)),
        Field("service_line", headers=("REFD_TO_SPEC_C_NAME",)),
        Field(
            "destination_organisation",
            headers=("REFD_TO_LOC_POS_ID_LOC_NAME",),
            says="Decides whether it left the network, by our organisations and their names.",
        ),
        Field("priority", headers=("PRIORITY_C_NAME",)),
        Field("authorised_on", Kind.date, headers=("AUTO_APPROVED_DATE",)),
        Field("decision_on", Kind.date, headers=("DECISION_DATE",), says="The date of the current status."),
        Field("expires_on", Kind.date, headers=("EXP_DATE",), ahead=True),
        Field("close_reason", headers=("CLOSE_RSN_C_NAME",)),
        Field("out_of_network_reason", headers=("NON_PREF_PROV_RSN_C_NAME",)),
        Field("payer", headers=("PAYOR_ID_PAYOR_NAME",)),
        Field("patient_key", headers=("PAT_ID",), says="Left out unless the mapping asks for a hash of it."),
        Field("external_id", headers=("EXTERNAL_ID_NUM",), says="Not kept."),
        Field("destination_provider", headers=("REFERRAL_PROV_ID_PROV_NAME",), says="Not kept: a name is no NPI."),
        Field("schedule_status", headers=("SCHED_STATUS_C_NAME",), says="Not kept: it has no date."),
        Field("starts_on", headers=("START_DATE",), says="Not kept: when the authorisation begins."),
        Field("deny_reason", headers=("DENY_RSN_C_NAME",), says="Not kept."),
        Field("payer_network", headers=("ADJ_NET_STATUS_C_NAME",), says="Not kept: the payer's network is not ours."),
    )

    def facts(self, staged: Mapping[str, FromClause], known: Mapping[str, Any]) -> Mapping[str, Select[Any]]:
        main, sources, visits = staged["main"], _sources(staged["sources"]), _visits(staged["appointments"])
        ended = _ended(main, visits)
        columns = {
            "referral_id": main.c.referral_id,
            "vantage": main.c.vantage,
            "created_day": main.c.created_on,
            "received_day": null(),
            "authorised_day": func.coalesce(
                main.c.authorised_on, case((_is(main.c.status, AUTHORISED), main.c.decision_on))
            ),
            "scheduled_day": null(),
            "appointment_day": func.coalesce(visits.c.seen, visits.c.last),
            "seen_day": visits.c.seen,
            "closed_day": null(),
            "exit": ended,
            "exited_day": case((ended.is_not(None), _ended_on(main, visits))),
            "referring_npi": sources.c.npi,
            "referring_practice": func.coalesce(
                main.c.referring_practice, case((sources.c.npi.is_(None), main.c.source_name))
            ),
            "referred_to_npi": null(),
            "destination_organisation": main.c.destination_organisation,
            "network_status": null(),
            "out_of_network_reason": main.c.out_of_network_reason,
            "taxonomy_code": null(),
            "service_line": main.c.service_line,
            "priority": _priority(main),
            "payer": main.c.payer,
            "patient_key": main.c.patient_key,
            "margin": null(),
        }
        joined = main.outerjoin(sources, sources.c.source_id == main.c.source_id)
        joined = joined.outerjoin(visits, visits.c.referral_id == main.c.referral_id)
        labelled = [column.label(name) for name, column in columns.items()]
        return {"referral": select(*labelled, main.c.place).select_from(joined)}

    def notes(self, present: Mapping[str, Collection[str]]) -> list[str]:
        main = set(present.get("main", ()))
        stages = ["created"]
        if main & {"authorised_on", "decision_on"}:
            stages.append("authorised")
        if present.get("appointments"):
            stages.append("seen (and the day of the appointment)")
        hidden = ["received", "scheduled", "loop closed"] + ([] if present.get("appointments") else ["seen"])
        said = [f"This export shows the stages {', '.join(stages)}; it cannot show {', '.join(hidden)}."]
        if not present.get("appointments"):
            said.append("For the stage seen, export REFERRAL_APT too and give both files in one import.")
        if not present.get("sources"):
            named = "practices come from the name of the referring location or source"
            said.append(f"Without a file of REFERRING_PROV_ID and NPI, {named}.")
        if "vantage" not in main:
            said.append("RFL_CLASS_C_NAME is missing: every referral was taken as ordered by us.")
        if "destination_organisation" not in main:
            said.append(
                "REFD_TO_LOC_POS_ID_LOC_NAME is missing: no destination is known, so no leakage can be counted."
            )
        return said

    def remarks(self, staged: Mapping[str, FromClause], known: Mapping[str, Any]) -> "list[tuple[str, Select[Any]]]":
        main = staged["main"]
        count = select(func.count()).select_from(main)
        heard = (*AUTHORISED, *ENDED, *CLOSED, *OPEN)
        strange = and_(main.c.status.is_not(None), ~_is(main.c.status, heard))
        urgent = and_(main.c.priority.is_not(None), ~_is(main.c.priority, tuple(URGENCY)))
        unsaid = and_(_closed(main), _close_exit(main).is_(None))
        return [
            ("{n} rows have a status that is not known here and were taken as open: map it under [values.status].",
             count.where(strange)),
            ("{n} rows have a priority that is not known here and was left blank: map it under [values.priority].",
             count.where(urgent)),
            ("{n} closed rows do not say that they ended unseen (CLOSE_RSN_C_NAME): map reasons under "
             "[values.close_reason].", count.where(unsaid)),
        ]  # fmt: skip


def _plain(column: Text) -> Text:
    return func.lower(func.trim(column))


def _is(column: Text, words: tuple[str, ...]) -> ColumnElement[bool]:
    return func.coalesce(_plain(column), "").in_(words)


def _sources(sources: FromClause) -> Any:
    """One NPI a referral source."""
    return select(sources.c.source_id, func.max(sources.c.npi).label("npi")).group_by(sources.c.source_id).subquery()


def _visits(appointments: FromClause) -> Any:
    """For each referral: the first day seen, the last appointment and how it went."""
    day, status = appointments.c.service_date, appointments.c.status
    seen = func.min(case((_is(status, SEEN), day)))
    grouped = select(
        appointments.c.referral_id,
        seen.label("seen"),
        func.max(day).label("last"),
        func.max(case((_is(status, MISSED), day))).label("missed"),
        func.max(case((_is(status, CALLED_OFF), day))).label("called_off"),
    )
    return grouped.group_by(appointments.c.referral_id).subquery()


def _closed(main: FromClause) -> ColumnElement[bool]:
    return _is(main.c.status, CLOSED)


def _close_exit(main: FromClause) -> Text:
    reason = func.coalesce(_plain(main.c.close_reason), "")
    own = [(reason == e.value, e.value) for e in Exit if e is not Exit.out_of_network]  # as a mapping writes it
    found = [(or_(*(reason.contains(w) for w in words)), end) for words, end in CLOSED_FOR]
    return case(*own, *found)


def _ended(main: FromClause, visits: Any) -> Text:
    """How the referral itself ended; else how its last appointment went, if nobody was ever seen."""
    by_status = [(_is(main.c.status, (word,)), end) for word, end in ENDED.items()]
    unseen = visits.c.seen.is_(None)
    return case(
        *by_status,
        (and_(_closed(main), _close_exit(main).is_not(None)), _close_exit(main)),
        (and_(unseen, visits.c.missed == visits.c.last), Exit.no_show.value),
        (and_(unseen, visits.c.called_off == visits.c.last), Exit.cancelled.value),
    )


def _ended_on(main: FromClause, visits: Any) -> Text:
    """DECISION_DATE is the date of the current status; an appointment's exit has the appointment's day."""
    by_status = or_(_is(main.c.status, tuple(ENDED)), and_(_closed(main), _close_exit(main).is_not(None)))
    expired = _is(main.c.status, ("expired",))
    return case(
        (expired, func.coalesce(main.c.expires_on, main.c.decision_on)),
        (by_status, main.c.decision_on),
        else_=visits.c.last,
    )


def _priority(main: FromClause) -> Text:
    return case(*((_plain(main.c.priority) == word, ours) for word, ours in URGENCY.items()))
