"""Our own referral file: one row a referral, as a hospital's report or a mapping gives it."""

from liaison.ingest.formats.base import Field, Format, Kind, Target
from liaison.vocabulary import Exit, NetworkStatus, Priority, Vantage, Word

EXITS = tuple(e.value for e in Exit if e is not Exit.out_of_network)  # that one follows from the network status


def _words(words: type[Word]) -> tuple[str, ...]:
    return tuple(w.value for w in words)


def _day(name: str, says: str, *hints: str, required: bool = False, ahead: bool = False) -> Field:
    becomes = name.removesuffix("_on") + "_day"
    return Field(name, Kind.date, required=required, says=says, becomes=becomes, hints=hints, ahead=ahead)


class Referrals(Format):
    """Later extracts replace earlier rows of the same source and referral id."""

    name = "referrals"
    title = "Referrals"
    target = Target.referrals
    fields = (
        Field(
            "referral_id",
            required=True,
            says="The order's id in the system that it comes from.",
            hints=("referral number", "order id", "order number", "request id"),
        ),
        _day(
            "created_on",
            "When the referral was made.",
            *("referral date", "created date", "order date", "entry date", "ordered on", "requested on"),
            required=True,
        ),
        Field(
            "referring_npi",
            Kind.npi,
            says="Who referred; this or the practice's name.",
            hints=("physician npi", "referring provider npi", "ordering provider npi", "from npi"),
        ),
        Field(
            "referring_practice",
            says="Which practice referred, by its id, name or alias.",
            hints=("referring provider", "physician name", "referred by", "ordering provider", "referring clinic"),
        ),
        Field("source", says="The system that the row comes from; ids are unique within it.", guessed=False),
        Field(
            "vantage",
            Kind.choice,
            choices=_words(Vantage),
            default=Vantage.ordered.value,
            says="From where the referral is seen: ordered by us, received by us, or from claims.",
        ),
        _day("received_on", "When the destination had it.", "received date", "accepted date"),
        _day("authorised_on", "When the payer allowed it.", "authorized date", "approved date", "auth date"),
        _day("scheduled_on", "When an appointment was made.", "scheduled date", "date booked", "booked on"),
        _day(
            "appointment_on",
            "The day of the appointment; no stage, and it may lie ahead.",
            "appointment date",
            ahead=True,
        ),
        _day("seen_on", "When the patient was seen.", "visit date", "seen date", "completed date", "service date"),
        _day("closed_on", "When the report went back to the referrer.", "report date", "closed date", "note sent"),
        Field(
            "exit",
            Kind.choice,
            choices=EXITS,
            says="How it ended without being seen.",
            hints=("closed reason", "cancel reason", "exit reason"),
        ),
        _day("exited_on", "When it ended so.", "cancelled date", "declined date"),
        Field(
            "referred_to_npi",
            Kind.npi,
            says="To whom it went.",
            hints=("specialist npi", "rendering npi", "destination npi", "to npi"),
        ),
        Field(
            "destination_organisation",
            says="To which organisation it went, by id, name or alias.",
            hints=("destination", "referred to", "referred to location", "facility name", "rendering facility"),
        ),
        Field(
            "network_status",
            Kind.choice,
            choices=_words(NetworkStatus),
            says="Whether the destination is ours.",
            hints=("network", "in network", "in or out of network"),
        ),
        Field(
            "out_of_network_reason",
            says="Why it went elsewhere, in the sender's words.",
            hints=("leakage reason", "reason out of network"),
        ),
        Field("taxonomy_code", says="The NUCC code of the specialty asked for."),
        Field(
            "service_line",
            says="The service line, where the sender names one.",
            hints=("specialty", "referred to specialty", "department"),
        ),
        Field(
            "priority",
            Kind.choice,
            choices=_words(Priority),
            says="How urgent it is.",
            hints=("urgency", "priority level"),
        ),
        Field("payer", says="Who pays, in the sender's words.", hints=("payor", "insurance", "plan name")),
        Field("patient_key", says="A patient's pseudonym: left out unless the mapping asks for a hash of it."),
        Field("margin", Kind.number, says="Contribution margin of this referral, in dollars."),
    )
    one_of = (("referring_npi", "referring_practice"),)
    blank_keys = True
    listed_identifiers = ("patient_key",)
