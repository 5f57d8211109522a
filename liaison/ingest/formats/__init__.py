"""Every format that files may come in: ours, and those a hospital adds by the entry point group `liaison.formats`."""

from functools import cache
from importlib.metadata import entry_points

from liaison.errors import LiaisonError, nearest
from liaison.ingest.formats.barriers import Barriers, Introductions
from liaison.ingest.formats.base import Format
from liaison.ingest.formats.campaigns import FORMATS as CAMPAIGNS
from liaison.ingest.formats.edges import HopTeaming, SharedPatients
from liaison.ingest.formats.epic import EpicReferral
from liaison.ingest.formats.events import FORMATS as EVENTS
from liaison.ingest.formats.feedback import FORMATS as FEEDBACK
from liaison.ingest.formats.goals import Goals
from liaison.ingest.formats.mail_templates import MailTemplates
from liaison.ingest.formats.materials import Materials
from liaison.ingest.formats.nppes import Nppes
from liaison.ingest.formats.nucc import Nucc
from liaison.ingest.formats.records import FORMATS as RECORDS
from liaison.ingest.formats.referrals import Referrals
from liaison.ingest.formats.tasks import Tasks

GROUP = "liaison.formats"
OURS = (*RECORDS, Tasks, Materials, Barriers, Introductions, *EVENTS, *FEEDBACK, *CAMPAIGNS, Goals, MailTemplates)
OWN: tuple[type[Format], ...] = (Referrals, EpicReferral, *OURS, Nppes, Nucc, SharedPatients, HopTeaming)


@cache
def all_formats() -> dict[str, Format]:
    """Name -> format, ours first; one that a hospital adds under a name of ours takes its place."""
    found = {form.name: form() for form in OWN}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        made = entry.load()()
        if not isinstance(made, Format):
            raise LiaisonError(
                f"The entry point {entry.name} of {GROUP} is no format.",
                remedy="Let it name a subclass of liaison.ingest.formats.base.Format.",
            )
        found[made.name] = made
    return found


def format_named(name: str) -> Format:
    """The format of that name; LiaisonError where there is none."""
    formats = all_formats()
    if name not in formats:
        near = nearest(name, list(formats))
        hint = f"Did you mean {near}?" if near else f"Known are {', '.join(formats)}."
        raise LiaisonError(f"There is no format called {name}.", remedy=hint)
    return formats[name]
