"""The set-up list: what is in, what is missing, what it would open, and the button that brings it."""

from dataclasses import dataclass

import streamlit as st

from liaison.fieldwork.records import counts
from liaison.ingest.formats import all_formats
from liaison.ingest.formats.base import Target
from liaison.metrics.figure import date_words
from liaison.metrics.window import day
from liaison.store import reading
from liaison.ui import homes, parts
from liaison.ui.data import sections


@dataclass(frozen=True)
class Need:
    """Something that a team brings: `opens` says what it is good for."""

    format: str
    name: str
    opens: str
    also: tuple[str, ...] = ()  # other formats that bring the same


# In the order in which they lean on each other.
NEEDS = (
    Need("organisations", "Organisations", "which destinations are in network"),
    Need("territories", "Territories", "leakage and volume by territory"),
    Need("people", "People", "who is on the team, for panels and visits"),
    Need("practices", "Practices", "who refers, in groups and places"),
    Need("providers", "Providers", "practices found by the NPI of who referred"),
    Need("assignments", "Assignments", "whose panel a practice is in"),
    Need("contacts", "Contacts", "whom to ask for at a practice"),
    Need("visits", "Visits", "what was done at practices"),
    Need("costs", "Costs", "what the programme costs"),
    Need("margins", "Margins", "what a referral contributes"),
    Need("waits", "Waiting times", "which lines not to ask for"),
    Need("referrals", "Referrals", "every page that counts them", also=("epic-referral",)),
    Need("nppes", "NPPES registry", "names and places for every NPI"),
    Need("nucc", "NUCC taxonomy", "names of specialties"),
    Need("cms-shared-patients", "Shared patients", "who shares patients with whom", also=("hop-teaming",)),
)


def show() -> None:
    """The list; the next missing thing has the filled button."""
    demo = homes.which() == "demo"
    held = _held()
    following = next((need.format for need in NEEDS if need.format not in held), None)
    done = len(held)
    parts.picture(
        "Everything is in" if following is None else f"{done} of {len(NEEDS)} are in",
        "What a team brings, in the order in which one leans on the other. Referrals alone are enough to begin.",
    )
    half = -(-len(NEEDS) // 2)
    for column, needs in zip(st.columns(2, gap="large"), (NEEDS[:half], NEEDS[half:]), strict=True):
        with column:
            for need in needs:
                _line(need, held, following, demo)


def _line(need: Need, held: dict[str, tuple[int, str]], following: str | None, demo: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"need-{need.format}"):
        parts.steps([_step(need, held)])
        if not demo:
            st.button(
                "Bring more" if need.format in held else "Bring in",
                key=f"bring-{need.format}",
                type="primary" if need.format == following else "secondary",
                on_click=sections.go,
                args=("bring", need.format),
            )


def _step(need: Need, held: dict[str, tuple[int, str]]) -> parts.Step:
    if need.format not in held:
        return parts.Step(False, need.name, f"Would open: {need.opens}")
    count, when = held[need.format]
    return parts.Step(True, need.name, f"{count:,} in \u00b7 {need.opens}", when)


def _held() -> dict[str, tuple[int, str]]:
    """Format of a need -> how many rows or records are in, and of when the newest file is."""
    batches = homes.live().manifest.batches
    newest: dict[str, int] = {}
    rows: dict[str, int] = {}
    for name, as_of, accepted in zip(batches["format"], batches["as_of"], batches["rows_accepted"], strict=True):
        newest[name] = max(newest.get(name, 0), int(as_of))
        rows[name] = rows.get(name, 0) + int(accepted)
    formats = all_formats()
    with reading(homes.home().store) as connection:
        records = counts(connection)
    found: dict[str, tuple[int, str]] = {}
    for need in NEEDS:
        own = [name for name in (need.format, *need.also) if name in newest]
        when = f"as of {date_words(day(max(newest[name] for name in own)))}" if own else "by hand"
        record = formats[need.format].target is Target.records
        count = records[formats[need.format].record] if record else sum(rows[name] for name in own)
        if count:
            found[need.format] = (count, when)
    return found
