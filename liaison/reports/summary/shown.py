"""The parts of an estimate as pages and reports show them, with their words: pure, so that both show the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from liaison.metrics.figure import date_words, percent
from liaison.metrics.findings import effect as says
from liaison.models.stored.effects import ALL, EffectResult, EffectRun
from liaison.vocabulary import CostKind, month_id, month_words

HIDDEN = "fewer than 11"
NAME = "Executive summary"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A picture's words and rows: the finding over it, what is drawn, what it is to who cannot see it."""

    says: str
    said: str
    alt: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Told:
    """One figure: label, value, and what stands under it."""

    label: str
    value: str
    under: str
    papers: str = ""
    short: str = ""
    help: str = ""


def head(of: EffectResult) -> tuple[str, str]:
    """The name with its months, and the answer."""
    window = f"{month_words(of.first)} to {month_words(of.last)}"
    return f"{NAME}, {window}", says.effect_headline(of.told, whole=of.span == ALL)


def beneath(of: EffectResult) -> str:
    """How sure, and against whom, in one line."""
    return f"{of.told['level']:.0%} intervals. {of.told['comparison']['says']}"


def papers(run: EffectRun, of: EffectResult, vintage: date | None, made: date) -> str:
    """'Model: path-2 \u00b7 Nov 2023 to Oct 2026 \u00b7 extract of 2 Nov 2026 \u00b7 made 24 Nov 2026'."""
    extract = f" \u00b7 extract of {date_words(vintage)}" if vintage else ""
    window = f"{month_words(of.first)} to {month_words(of.last)}"
    return f"Model: {run.model} \u00b7 {window}{extract} \u00b7 made {date_words(made)}"


def ends(of: Values) -> dict[str, float]:
    """Value and ends of an interval, in one mapping."""
    return {name: float(of[name]) for name in ("value", "low", "high")}


def figures(told: Values, *, narrow: bool = False) -> list[Told]:
    """Four at most; none where the estimate was refused."""
    if told["incremental"] is None:
        return []
    covered, money = told["covered"], told["money"]
    row = [
        Told(
            "Extra referrals",
            says.gain(told["incremental"]["value"]),
            says.reach(told["incremental"]),
            f"Beyond {told['baseline']:,.0f} that were expected without visits.",
        ),
        Told("Lift", says.lift(told["lift"]["value"]), says.lift_reach(told["lift"])),
    ]
    if money and money["return"] is not None:
        between = f"{says.per_dollar(money['return_low'])} to {says.per_dollar(money['return_high'])}"
        paid = f"{says.dollars(money['margin'])} of margin for {says.dollars(money['cost_covered'])} of covered cost."
        row.append(Told("Margin for a dollar", says.per_dollar(money["return"]), between, paid, "Margin per $"))
    practices = f"{len(covered['practices']):,} of {told['comparison']['visited']:,}{'' if narrow else ' practices'}"
    of_what = "Of what visited practices send, the part that comes from practices with peers."
    row.append(Told("Volume measured", percent(covered["share"]), practices, help=of_what))
    return row


def months(of: EffectResult) -> Drawn | None:
    """Extra referrals a month of the calendar: month (month id), value, low, high, observed, expected."""
    found = of.told["monthly"]
    if not found:
        return None
    rows = tuple(
        {"month": month_id(row["month"]), **ends(row["incremental"])} | {n: row[n] for n in ("observed", "expected")}
        for row in found
    )
    first, last = rows[0], rows[-1]
    window = f"{month_words(first['month'])} to {month_words(last['month'])}"
    return Drawn(
        says.monthly_finding(found),
        f"Extra referrals a month of covered practices, with the {of.told['level']:.0%} interval, {window}.",
        f"Extra referrals by month: {says.gain(first['value'])} in {month_words(first['month'])}, "
        f"{says.gain(last['value'])} in {month_words(last['month'])}; the download has every month",
        rows,
    )


def money(of: EffectResult) -> Drawn | None:
    """Margin beside the covered cost: label, value, low, high, says. None where there are no dollars."""
    found = of.told["money"]
    if found is None:
        return None
    window = f"{month_words(of.first)} to {month_words(of.last)}"
    margin = f"{says.dollars(found['margin'])} ({says.dollars(found['low'])} to {says.dollars(found['high'])})"
    cost = f"{says.dollars(found['cost_covered'])} of {says.dollars(found['cost_total'])}"
    return Drawn(
        says.money_finding(found),
        f"Contribution margin of the extra referrals that are seen, with its {found['level']:.0%} interval, and the "
        f"cost of the {found['visits_covered']:,} visits that are measured. {window}.",
        f"Margin {margin} beside a covered cost of {says.dollars(found['cost_covered'])}",
        (
            {"label": "Margin", "value": found["margin"], "low": found["low"], "high": found["high"], "says": margin},
            {"label": "Covered cost", "value": found["cost_covered"], "low": None, "high": None, "says": cost},
        ),
    )


def worth(found: Values) -> list[str]:
    """Net, per visit, per referral; what must be true for zero; what is not measured."""
    per = [f"**{says.dollars(found['net'])}** of margin beyond the cost"]
    if found["per_visit"] is not None:
        per.append(f"**{says.dollars(found['per_visit'])}** a visit")
    if found["cost_per_referral"] is not None:
        per.append(f"an extra referral cost **{says.dollars(found['cost_per_referral'])}**")
    return [", ".join(per) + ".", says.typeset(found["zero"]), found["not_measured"]]


def priced(line: Values) -> dict[str, str]:
    """A service line of the money: margin with its range, source, date, share, share seen."""
    known = line["low"] is not None and line["high"] is not None
    between = f" ({says.dollars(line['low'])} to {says.dollars(line['high'])})" if known else ", no range given"
    return {
        "line": line["label"],
        "margin": f"{says.dollars(line['margin'])}{between}",
        "source": line["source"],
        "dated": line["dated"] or "no date",
        "share": percent(line["share"]),
        "seen": f"{percent(line['seen'])} of {line['n']:,}",
    }


def measured_share(found: Values) -> str:
    """How many visits are measured, and so how much of the cost."""
    share = percent(found["visits_covered"] / found["visits"]) if found["visits"] else "none"
    return (
        f"{found['visits_covered']:,} of {found['visits']:,} visits ({share}) are measured: so is that share of cost."
    )


def paid(each: Values, zone: tzinfo) -> dict[str, Any]:
    """A kind of cost: dollars, entries, months, when it was written down and by whom."""
    kinds = {kind.value: kind.label for kind in CostKind}
    written = each["written"]
    return {
        "kind": kinds.get(each["kind"], each["kind"]),
        "amount": says.dollars(each["amount"]),
        "entries": each["entries"],
        "months": each["months"],
        "written": date_words(datetime.fromisoformat(written).astimezone(zone).date()) if written else "not known",
        "actor": each["actor"] or "not known",
    }
