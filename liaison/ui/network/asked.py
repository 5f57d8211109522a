"""What the page asks for, counted once for a version of the data: functions of `ui.ask`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from liaison.access import Viewer
from liaison.facts.live import Live
from liaison.metrics.filters import Filters
from liaison.metrics.findings import network as says
from liaison.metrics.network import Flow, Network, network
from liaison.vocabulary import Audience

COLUMNS = [
    *("key", "label", "sender", "to", "role", "numerator", "denominator", "value", "of_received", "before", "gained"),
    "change",
]


@dataclass(frozen=True)
class Flows:
    """`headline`, `moved`: what is said of them. `orders`: what may be looked at -> its flows; `frames`: the same as
    chart and table want them."""

    found: Network
    headline: str
    moved: str
    orders: dict[str, tuple[Flow, ...]]
    frames: dict[str, pd.DataFrame]

    def one(self, sender: str | None, to: str | None) -> Flow | None:
        return next((flow for flow in self.found.flows if flow.key == (sender, to)), None)


def flows(live: Live, viewer: Viewer, audience: Audience, filters: Filters) -> Flows:
    """Flows from practice groups to organisations."""
    found = network(live, viewer, audience, filters)
    shown = [flow for flow in found.flows if flow.referrals]
    rose, fell = says.changed(found) if found.before else ([], [])
    orders = {
        "largest": tuple(shown),
        "out": tuple(flow for flow in shown if not flow.to.ours),
        "rose": tuple(rose),
        "fell": tuple(fell),
    }
    return Flows(
        found, says.headline(found), says.moved(found), orders, {name: frame(rows) for name, rows in orders.items()}
    )


def practices(
    live: Live, viewer: Viewer, audience: Audience, filters: Filters, group: str = "", to: str = ""
) -> tuple[Network, pd.DataFrame]:
    """The practices behind one flow, from the resolved rows of one group: behind a pick, not in a first paint."""
    found = network(live, viewer, audience, replace(filters, practice_group=group, organisation=to), "practice")
    return found, frame(found.flows)


def frame(rows: Sequence[Flow]) -> pd.DataFrame:
    """A row a flow, in the order given; `key` is its place."""
    told = [
        {
            "key": str(place),
            "label": says.name(flow),
            "sender": flow.sender_label,
            "to": flow.to.label,
            "role": flow.to.role,
            "numerator": flow.referrals,
            "denominator": flow.figure.denominator,
            "value": flow.figure.value,
            "of_received": flow.of_received,
            "before": flow.before,
            "gained": says.gained(flow),
            "change": says.change_words(flow),
        }
        for place, flow in enumerate(rows)
    ]
    return pd.DataFrame(told, columns=COLUMNS)
