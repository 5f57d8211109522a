"""The model card: what a list was made from and how far it can be trusted, to read and to keep."""

from liaison.models.panel import Panel, month_name
from liaison.models.ranking.proof import ASSIGNED, OBSERVED, Brought, Checks
from liaison.models.ranking.rank import MODEL, VERSION, Ranking

LIMITS = (
    "It was tried on made-up markets whose workings are like its own; expect less of real ones.",
    "Practices in one building, or that talk to each other, are taken to be on their own.",
    "A visit is one visit: who went, what was asked and how it went are not looked at.",
    "What a practice sends elsewhere is known only as far as the feeds see it.",
    "Waiting times and wishes not to be visited are looked at when the list is read, not by the model.",
    "Gains are expectations with wide intervals: the order matters more than the numbers.",
)


def card(panel: Panel, ranking: Ranking, checks: Checks) -> str:
    """Markdown. What could not be checked is said."""
    known = panel.until(ranking.as_of)
    fitted, evidence = ranking.fitted, ranking.evidence
    varies = fitted.variation
    lines = [
        f"# {MODEL.capitalize()}, version {VERSION}",
        f"For the month after {month_name(ranking.as_of)}.",
        "## Data",
        f"{len(known):,} practices, {month_name(known.months[0])} to {month_name(known.months[-1])}, "
        f"{known.referrals_in.sum():,.0f} referrals, {evidence.visits:,} months with a visit in "
        f"{evidence.practices_visited:,} practices; what goes elsewhere is known of {fitted.outside.known.sum():,}.",
        "## Method",
        "Gain = forecast without a visit x months of attention that a visit adds x lift x factor for what goes "
        "elsewhere. Payer and margin of a patient are not looked at unless the list is asked for by margin.",
        "## Coefficients",
        f"Lift used {evidence.used:.3f} (sd {evidence.used_sd:.3f}); {evidence.prior}. {evidence.says}",
        f"That the loyal have nothing left to give: {evidence.steep:.0%} likely. {evidence.groups}",
        f"Ups and downs that last: variance {varies.lasting:.3f}, {varies.memory:.2f} of it left a month later; luck "
        f"of a month {varies.single:.3f}; between practices {fitted.levels.between:.2f}.",
        "## Checks",
        *_checks(checks),
        "## Limits",
        *(f"- {limit}" for limit in LIMITS),
    ]
    return "\n\n".join(lines).replace("\n\n- ", "\n- ") + "\n"


def _checks(checks: Checks) -> list[str]:
    checked, observed, lot = checks.forecast, checks.thirds, checks.by_lot
    lines = []
    if checked is None or checked.slope is None:
        lines.append("- Forecasts cannot be checked yet: the history is too short.")
    else:
        lines.append(f"- Forecasts made after {month_name(checked.as_of)}: slope of what came {checked.slope:.2f}.")
    lines += [f"- {_told(part)}" for part in observed]
    if observed:
        lines.append(f"- {OBSERVED}")
    lines.append(f"- {_told(lot)} {ASSIGNED}" if lot else "- Too few visits by lot to show.")
    return lines


def _told(part: Brought) -> str:
    if part.value is None or part.low is None or part.high is None:
        return f"{part.label}: {part.visits} visits, too few."
    return (
        f"{part.label}: {part.value:+.1f} a visit, between {part.low:+.1f} and {part.high:+.1f} ({part.visits} visits)."
    )
