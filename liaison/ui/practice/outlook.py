"""What to expect of a practice, its alert, and why it stands where it stands in the list of next visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from liaison.charts.forecast_tenths import amount
from liaison.charts.months_ahead import months_ahead
from liaison.metrics.findings.alerts import change_words, kind_words
from liaison.metrics.findings.outlook import ahead_finding, lines_sentence, place_finding
from liaison.metrics.one_practice import PracticeStory
from liaison.models import stored
from liaison.models.stored import Forecast, OfPractice, Standing
from liaison.store import reading
from liaison.ui import charts as drawn
from liaison.ui import entries, homes, links, parts
from liaison.ui.ask import kept
from liaison.ui.clock import today
from liaison.ui.markup import html
from liaison.ui.next_visits import asked, choose, marks
from liaison.ui.next_visits.asked import Newest
from liaison.ui.next_visits.marks import Amounts, Scale
from liaison.vocabulary import month_id, month_words

YEAR = 12  # months of the past beside the three ahead


@dataclass(frozen=True)
class Outlook:
    """`of`: what stands of this practice in the run of `now`."""

    now: Newest
    of: OfPractice


def read(practice_id: str) -> Outlook | None:
    """What stands of it; None where nothing has been worked out yet."""
    now = asked.newest()
    if now is None:
        return None

    def made() -> OfPractice | None:
        with reading(homes.home().store) as connection:
            return stored.of_practice(connection, practice_id, today())

    found = kept().get(now.key("practice", practice_id, now.written, now.chosen, now.noted), made)
    return None if found is None else Outlook(now, found)


def alert(found: Outlook | None) -> None:
    """What changed beyond chance, if anything did: before all else."""
    if found is None or found.of.alert is None or found.of.alert.real is False:
        return
    one = found.of.alert
    with st.container(border=True, key="practice-alert"):
        html(_alert_words(one))
        links.link(entries.NEXT_VISITS, "All alerts", view="alerts")


def _alert_words(one: Standing) -> str:
    ink = "out" if one.change < 0 else "us"
    put_off = f" Put off until {one.snoozed_until}." if one.snoozed_until else ""
    return (
        f'<div class="lz-see"><h4><b class="{ink}">{escape(kind_words(one.kind))}</b>, '
        f'{escape(change_words(one.change))}</h4><div class="why"><p>{escape(one.says + put_off)}</p></div></div>'
    )


def ahead(found: Outlook | None, story: PracticeStory) -> None:
    """The next three months beside the last twelve, with both intervals."""
    if found is None or found.of.forecast is None:
        return
    made = found.of.forecast
    parts.picture(
        ahead_finding(made.value, made.low_80, made.high_80, month_words(found.now.run.as_of + 1)),
        "Referrals to us by month; then what is expected, within its 80% and, paler, its 95% interval.",
    )
    alt = f"{amount(made.value)} referrals in three months, {made.low_80} to {made.high_80} in 80 of 100 cases"
    key = found.now.key("ahead", story.practice_id, homes.live().data_id)
    drawn.show(months_ahead, came(story, found.now.run.as_of), expected(made), version=key, key="ahead", alt=alt)
    if said := lines_sentence([_line(part) for part in made.by_line]):
        parts.note(said)


def came(story: PracticeStory, last: int) -> pd.DataFrame:
    """The last year's referrals to us, as the forecast counts them; all, where elsewhere is not seen."""
    rows = [
        {"month": m.month, "referrals": m.known - m.out if story.observable else m.referrals}
        for m in story.months
        if last - YEAR < m.month <= last
    ]
    return pd.DataFrame(rows, columns=["month", "referrals"])


def expected(made: Forecast) -> pd.DataFrame:
    """The months ahead, by month id."""
    return pd.DataFrame([{**month, "month": month_id(month["month"])} for month in made.months])


def _line(part: Mapping[str, Any]) -> tuple[str, float, float]:
    label = homes.live().label_of.get(("service_line", part["line"]), part["line"]) if part["line"] else "no line named"
    return str(label), float(part["referrals"]), float(part["beside"])


def place(found: Outlook | None) -> None:
    """Its rank, its gain and its reasons, or why it is not to be visited now."""
    if found is None:
        return
    one = found.of.listed or found.of.left_out
    if one is None:
        parts.picture("Not in the list of next visits", "It sent nothing in the months that the list looks at.")
        return
    row, out = one.row, found.of.left_out
    month = month_words(found.now.run.month)
    parts.picture(
        place_finding(row.rank, found.of.of, out.why if out else None),
        f"What one more visit in {month} should bring. Pale bar: {found.now.run.level:.0%} interval. Hairline: zero.",
    )
    write = Amounts()
    reasons, against = ([str(each["says"]) for each in told] for told in (row.reasons, row.against))
    against = [*(found.of.listed.not_for if found.of.listed else ()), *against]
    html(marks.brings(row.gain, row.low, row.high, Scale.of([row.low], [row.high]), write))
    html(f'<div class="lz-see">{marks.why(reasons, against)}</div>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="practice-choice"):
        _choice(found.of)
        links.link(entries.NEXT_VISITS, "Next visits")


def _choice(of: OfPractice) -> None:
    """The same choice as on the list."""
    listed, out = of.listed, of.left_out
    if listed is not None:
        key = listed.row.practice_id
        if listed.accepted or listed.pinned:
            parts.note("Accepted" if listed.accepted else "Pinned")
            st.button("Take back", key=f"undo-{key}", on_click=choose.undo, args=(key,))
        else:
            st.button("Accept", key=f"accept-{key}", on_click=choose.accept, args=(key,))
            st.button("Pin", key=f"pin-{key}", type="tertiary", on_click=choose.pin, args=(key,))
    elif out is not None and out.choice is not None:
        st.button("Take back", key=f"undo-{out.row.practice_id}", on_click=choose.undo, args=(out.row.practice_id,))
