"""What is said about who sends to whom: the largest flow out, and what changed where chance does not explain it."""

from collections.abc import Sequence

from liaison.metrics.figure import percent
from liaison.metrics.findings.leakage import ENOUGH
from liaison.metrics.findings.organisations import count_change
from liaison.metrics.network import Flow, Network

SURE = 0.05  # chance that any of all flows is said to have changed though none did


def headline(found: Network) -> str:
    """The largest flow out of network; what others' own practices send them is not ours to win, and stands aside."""
    shown = [flow for flow in found.flows if flow.referrals]
    if not shown:
        return "No referral here says where it went"
    out = [flow for flow in shown if flow.to.role == "out"]
    others = [flow for flow in out if not flow.own]
    first = (others or out or shown)[0]
    if first.referrals < ENOUGH:
        return f"{len(shown):,} flows, none of {ENOUGH} referrals or more out of network"
    share = f", {percent(first.figure.value)} of what it refers" if first.figure.value is not None else ""
    aside = ", own practices aside," if others and others[0] is not out[0] else ""
    what = f"The largest flow out of network{aside}" if out else "The largest flow"
    return f"{what} is {name(first)}: {first.referrals:,} referrals{share}"


def name(flow: Flow) -> str:
    """'Family medicine to Northgate Medical Center', 'Northgate Medical Center, own practices'."""
    return f"{flow.to.label}, own practices" if flow.own else f"{flow.sender_label} to {flow.to.label}"


def change_words(flow: Flow) -> str:
    """'+15% (12 to 18)', 'no clear change', 'new', 'too few to say'; nothing where the data do not reach back."""
    return count_change(flow.before, flow.referrals)


def changed(found: Network) -> tuple[list[Flow], list[Flow]]:
    """Flows that rose and that fell beyond chance, most referrals gained or lost first.

    The more flows are looked at, the surer each must be (Bonferroni), so that chance alone names one in twenty times.
    """
    told = [flow for flow in found.flows if flow.before is not None and max(flow.before, flow.referrals) >= ENOUGH]
    level = 1 - SURE / max(len(told), 1)
    rose, fell = [], []
    for flow in told:
        step = flow.change(level)
        if step is None or step.low > 1:
            rose.append(flow)
        elif step.high < 1:
            fell.append(flow)
    return sorted(rose, key=lambda f: -gained(f)), sorted(fell, key=gained)


def gained(flow: Flow) -> int:
    """Referrals more than in the window before."""
    return flow.referrals - (flow.before or 0)


def moved(found: Network) -> str:
    """One sentence of what changed most; nothing where the data do not reach back."""
    if found.before is None or not found.flows:
        return ""
    rose, fell = changed(found)
    said = [*(_said(flow, "rose") for flow in rose[:1]), *(_said(flow, "fell") for flow in fell[:1])]
    if not said:
        return "Against the window before no flow changed by more than chance would have it, all looked at together."
    return f"Most changed against the window before: {'; '.join(said)}."


def _said(flow: Flow, word: str) -> str:
    return f"**{name(flow)}** {word} from {flow.before:,} to {flow.referrals:,}"


def picked(flow: Flow) -> Sequence[str]:
    """Both ends of one flow."""
    sender = "its own practices refer" if flow.own else f"{flow.sender_label} refers"
    value = "" if flow.figure.value is None else f"{percent(flow.figure.value)} of what {sender}"
    other = "" if flow.of_received is None else f"{percent(flow.of_received)} of what {flow.to.label} receives"
    return [end for end in (value, other) if end]
