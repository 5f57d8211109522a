"""Calls for the gaps of a day, below its stops."""

from html import escape

from liaison.planning.problem import at_clock
from liaison.planning.stored.gaps import Call, calls
from liaison.planning.stored.plans import StoredPlan
from liaison.planning.stored.words import minutes
from liaison.ui import homes, parts, reach
from liaison.ui.markup import html
from liaison.ui.routes.asked import View, name_of, places


def show(view: View, plan: StoredPlan) -> None:
    """Nothing where there is no gap, or nobody to call."""
    if view.day is None:
        return
    now = view.worker.now()
    passed = (now.hour * 60 + now.minute) * 100 if now.date() == view.day else 0
    least = homes.home().settings.call_minutes
    found = calls(plan, view.day, view.worker.work, places(plan), least, passed)
    if not found:
        return
    said = f"Practices that do not fit this week, in gaps of at least {least:g} minutes; no part of the plan."
    parts.picture("Calls for the gaps", said)
    html("".join(_call(plan, each) for each in found))


def _call(plan: StoredPlan, call: Call) -> str:
    office = places(plan)[call.practice_id]
    name = escape(name_of(call.practice_id))
    tel = reach.call(office.phone, label=f"Call {name_of(call.practice_id)}")
    return (
        f'<div class="lz-route"><span class="at">{at_clock(call.at)}</span><span class="no base"></span>'
        f'<div><h4>{name}</h4><p class="ways">{tel}<span class="q">{minutes(call.until - call.at)} free</span></p>'
        "</div></div>"
    )
