"""Leakage and the funnel are what one counts by hand, one referral at a time."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.access import owner
from liaison.facts.live import Live
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.leakage import By, leakage
from liaison.metrics.rows import Which
from liaison.metrics.rows import rows as list_rows
from liaison.metrics.stuck_by import stuck_by
from liaison.vocabulary import NONE, Audience, month_id
from tests.metrics import brute
from tests.spec.market import Market, days

OURS = {"Mercy": True, "Summit": False}
EXTRACTS = (date(2026, 3, 20), date(2026, 4, 1), date(2026, 4, 20))
FIRST = date(2026, 1, 15)


def sometimes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


@st.composite
def referrals(draw: st.DrawFn) -> dict[str, Any]:
    created = FIRST + timedelta(days=draw(st.integers(0, 80)))
    # Few different days, so that dates often fall on one day or in the wrong order.
    after = st.sampled_from([-1, 0, 1, 2, 5, 9, 40]).map(lambda n: created + timedelta(days=n))
    return {
        "source": draw(st.sampled_from(["east", "west"])),
        "referral_id": str(draw(st.integers(1, 60))),
        "vantage": draw(st.sampled_from(["ordered", "ordered", "claims", "received"])),
        "created": created,
        "received": draw(sometimes(after)),
        "authorised": draw(st.one_of(st.none(), st.none(), after)),
        "scheduled": draw(sometimes(after)),
        "seen": draw(sometimes(after)),
        "closed": draw(st.one_of(st.none(), st.none(), after)),
        "exit": draw(st.one_of(st.none(), st.sampled_from(["declined", "cancelled", "no_show", "expired"]))),
        "exited": draw(sometimes(after)),
        "referring_practice": draw(st.sampled_from(["Elm St", "Oak Ave", None])),
        "destination_organisation": draw(st.sampled_from(["Mercy", "Summit", "See notes", None])),
        "network_status": draw(st.sampled_from(["in", "out", "unknown", None, None])),
        "out_of_network_reason": draw(st.sampled_from(["No slot", "Choice", None])),
        "service_line": draw(st.sampled_from(["Urology", "Neurology"])),
        "payer": draw(st.sampled_from(["Medicare", "Aetna", None])),
    }


@st.composite
def extracts(draw: st.DrawFn) -> list[tuple[date, list[dict[str, Any]]]]:
    """Up to three extracts; a referral stands in each of them at most once, and may come again changed."""
    found = []
    for when in EXTRACTS[: draw(st.integers(1, 3))]:
        rows = draw(
            st.lists(referrals(), min_size=20, max_size=90, unique_by=lambda r: (r["source"], r["referral_id"]))
        )
        found.append((when, rows))
    return found


def as_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in row.items() if not isinstance(v, date)}
    dated = {f"{k}_day": days(v) for k, v in row.items() if isinstance(v, date)}
    gone = (*brute.STAGES, "exited")
    return {k: v for k, v in (kept | dated).items() if k not in gone} | {
        "month_id": month_id(row["created"].isoformat())
    }


def market_of(folder: Path, drawn: list[tuple[date, list[dict[str, Any]]]]) -> Market:
    market = Market(folder)
    market.keep("organisations", [{"organisation_id": n, "name": n, "ours": o} for n, o in OURS.items()])
    for when, rows in drawn:
        market.refer([as_facts(r) for r in rows], when)
    return market


def told_leakage(live: Live, filters: Filters, by: By) -> dict[str, tuple[int | None, ...]]:
    found = leakage(live, owner(), Audience.inside, filters, by)
    figures = {row.label: row.figure for row in found.rows} | {"total": found.total}
    return {
        label: (f.numerator, f.denominator, f.beside["unknown"], f.beside["not_completed"])
        for label, f in figures.items()
    }


KEYS: dict[By, Callable[[brute.Referral], str]] = {
    "practice": lambda r: r["referring_practice"] or NONE,
    "service_line": lambda r: r["service_line"],
    "payer": lambda r: r["payer"] or NONE,
    "organisation": lambda r: r["destination_organisation"] or NONE,
    "cause": lambda r: (r["out_of_network_reason"] if brute.status(r, OURS) == "out" else None) or NONE,
}


def check_leakage(live: Live, rows: list[brute.Referral], filters: Filters) -> None:
    for by, key in KEYS.items():
        assert told_leakage(live, filters, by) == brute.leakage(rows, OURS, key, shared=by in ("organisation", "cause"))


def check_funnel(live: Live, rows: list[brute.Referral], filters: Filters) -> None:
    found, wanted = funnel(live, owner(), Audience.inside, filters), brute.funnel(rows, OURS)
    if not rows:
        assert found.stages == ()
        return
    stages = {s.stage.column.removesuffix("_on"): (s.reached, s.open, s.median_days, s.p90_days) for s in found.stages}
    assert stages == wanted["stages"]
    assert {e.exit.value: e.count for e in found.exits} == wanted["exits"]
    assert found.coverage is not None
    assert (found.coverage.known, found.coverage.of) == wanted["known"]


def check_waiting(live: Live, rows: list[brute.Referral], filters: Filters) -> None:
    """Each open referral is listed once, in its stage, with its days; nothing else is."""
    found = list_rows(live, owner(), Audience.inside, filters, Which.open, limit=10_000).as_json()["rows"]
    told = {(r["source"], r["referral_id"]): (r["stage"], r["days_in_stage"]) for r in found}
    wanted: dict[tuple[str, str], tuple[str, int | None]] = {}
    for row in rows:
        for stage in brute.STAGES:
            here = brute.stay(row, stage, brute.status(row, OURS) == "out")
            if here and here.ended == "open":
                wanted[row["source"], row["referral_id"]] = (stage.capitalize(), here.days)
    assert told == wanted
    assert len(found) == len(wanted)
    by = stuck_by(live, owner(), Audience.inside, filters, "practice").total
    assert (by.denominator, by.beside["created"]) == (len(wanted), len(rows))


# Each example is a market of its own, counted for real: a tenth of what other properties draw.
@settings(max_examples=settings().max_examples // 10, suppress_health_check=list(HealthCheck))
@given(extracts())
def test_figures_are_what_one_counts_by_hand(drawn: list[tuple[date, list[dict[str, Any]]]]) -> None:
    every = brute.current(drawn)
    rows = brute.complete(every)
    with TemporaryDirectory() as folder:
        market = market_of(Path(folder) / "home", drawn)
        live = market.home.live()
        check_leakage(live, rows, Filters())
        check_leakage(live, [r for r in rows if r["vantage"] == "claims"], Filters(vantage="claims"))
        check_funnel(live, rows, Filters())
        march = [r for r in every if r["created"].month == 3]
        check_leakage(live, march, Filters(first="2026-03", last="2026-03"))
        check_funnel(live, march, Filters(first="2026-03", last="2026-03"))
        check_waiting(live, march, Filters(first="2026-03", last="2026-03"))
        check_waiting(live, every, Filters())
        elm = [r for r in rows if r["referring_practice"] == "Elm St"]
        if elm:
            practice = next(i for (kind, i), label in live.label_of.items() if (kind, label) == ("practice", "Elm St"))
            check_funnel(live, elm, Filters(practice=practice))
        market.close()
