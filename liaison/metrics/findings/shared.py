"""What is said about shared patients: who leads, by which metric, and whether the choice of metric decides it."""

from liaison.metrics.figure import percent
from liaison.metrics.shared import Shared, SharedRow
from liaison.metrics.shared_view import SharedView
from liaison.vocabulary import NONE

Ranked = list[tuple[str, float]]


def _ranked(found: Shared, measure: str) -> Ranked:
    """(label, share) of the organisations on record by one measure, the largest first; hidden ones left away."""
    rows = [r for r in found.rows if r.key != NONE and _share(r, measure) is not None]
    rows.sort(key=lambda r: (-(_share(r, measure) or 0.0), r.label))
    return [(r.label, _share(r, measure) or 0.0) for r in rows]


def _share(row: SharedRow, measure: str) -> float | None:
    return row.share if measure == "patients" else row.transactions_share


def headline(found: Shared) -> str:
    """Who leads by patients and by transactions: that the choice of metric decides it is said only where it does."""
    patients, transactions = _ranked(found, "patients"), _ranked(found, "transactions")
    if not patients or not transactions:
        return "No provider in these pairs belongs to an organisation on record"
    (first, share), (other, other_share) = patients[0], transactions[0]
    if first != other:
        return (
            f"By patients {first} leads ({percent(share)}), by transactions {other} ({percent(other_share)}): "
            "the choice of metric decides the headline"
        )
    return f"{first} leads by patients ({percent(share)}) and by transactions ({percent(other_share)})"


def agreement(found: Shared) -> str | None:
    """Whether both metrics put the first two in the same order; None where there are not two, or the leader differs."""
    patients, transactions = _ranked(found, "patients")[:2], _ranked(found, "transactions")[:2]
    if len(patients) < 2 or len(transactions) < 2 or patients[0][0] != transactions[0][0]:
        return None
    if patients[1][0] == transactions[1][0]:
        return f"Both agree on the first two: {patients[0][0]}, then {patients[1][0]}."
    return (
        f"Behind {patients[0][0]} the order depends on the metric: second by patients is {patients[1][0]}, "
        f"by transactions {transactions[1][0]}."
    )


def leakage_of(found: SharedView) -> str | None:
    """What one system sees leave, by both metrics; None where either is hidden or nothing is counted."""
    patients, transactions = found.leakage("patients"), found.leakage("transactions")
    if not found.label or patients is None or transactions is None:
        return None
    by_patients, by_transactions = (percent(lost / of) for lost, of in (patients, transactions))
    known = "share with providers of a known organisation"  # the others may be anybody's
    whose = f"{found.label}'s own referrers {known}"
    whose = whose if found.own_referrers else f"all referrers here {known}, as {found.label} sees it,"
    return f"Of what {whose} {by_patients} of patients and {by_transactions} of transactions go to others."


def referrers(found: SharedView) -> str | None:
    """What stands in where a system's own referrers are not on record."""
    if found.own_referrers or not found.label:
        return None
    return f"No provider of {found.label} begins a pair here, so every referrer in the data stands in for its own."
