"""Our own referral file: one row a referral, as a hospital's report or a mapping gives it."""

from liaison.ingest.formats.base import Field, Format, Kind, Target
from liaison.vocabulary import Exit, NetworkStatus, Priority, Vantage, Word

EXITS = tuple(e.value for e in Exit if e is not Exit.out_of_network)  # that one follows from the network status


def _words(words: type[Word]) -> tuple[str, ...]:
    return tuple(w.value for w in words)


def _day(name: str, says: str, required: bool = False, ahead: bool = False) -> Field:
    becomes = name.removesuffix("_on") + "_day"
    return Field(name, Kind.date, required=required, says=says, becomes=becomes, ahead=ahead)


class Referrals(Format):
    """Later extracts replace earlier rows of the same source and referral id."""

    name = "referrals"
    title = "Referrals"
    target = Target.referrals
    fields = (
        Field("referral_id", required=True, says="The order's id in the system that it comes from."),
        _day("created_on", "When the referral was made.", required=True),
        Field("referring_npi", Kind.npi, says="Who referred; this or the practice's name."),
        Field("referring_practice", says="Which practice referred, by its id, name or alias."),
        Field("source", says="The system that the row comes from; ids are unique within it."),
        Field(
            "vantage",
            Kind.choice,
            choices=_words(Vantage),
            default=Vantage.ordered.value,
            says="From where the referral is seen: ordered by us, received by us, or from claims.",
        ),
        _day("received_on", "When the destination had it."),
        _day("authorised_on", "When the payer allowed it."),
        _day("scheduled_on", "When an appointment was made."),
        _day("appointment_on", "The day of the appointment; no stage, and it may lie ahead.", ahead=True),
        _day("seen_on", "When the patient was seen."),
        _day("closed_on", "When the report went back to the referrer."),
        Field("exit", Kind.choice, choices=EXITS, says="How it ended without being seen."),
        _day("exited_on", "When it ended so."),
        Field("referred_to_npi", Kind.npi, says="To whom it went."),
        Field("destination_organisation", says="To which organisation it went, by id, name or alias."),
        Field("network_status", Kind.choice, choices=_words(NetworkStatus), says="Whether the destination is ours."),
        Field("out_of_network_reason", says="Why it went elsewhere, in the sender's words."),
        Field("taxonomy_code", says="The NUCC code of the specialty asked for."),
        Field("service_line", says="The service line, where the sender names one."),
        Field("priority", Kind.choice, choices=_words(Priority), says="How urgent it is."),
        Field("payer", says="Who pays, in the sender's words."),
        Field("patient_key", says="A patient's pseudonym: left out unless the mapping asks for a hash of it."),
        Field("margin", Kind.number, says="Contribution margin of this referral, in dollars."),
    )
    one_of = (("referring_npi", "referring_practice"),)
    blank_keys = True
    listed_identifiers = ("patient_key",)
