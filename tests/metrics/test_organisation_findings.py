"""What is said about organisations and shared patients, from figures written down by hand."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.rates import confint_poisson_2indep

from liaison.metrics.behind import Band, Behind, Sender
from liaison.metrics.distance import Places
from liaison.metrics.figure import Figure, Unit
from liaison.metrics.findings.organisations import (
    change_words,
    concentration,
    distance,
    from_whom,
    headline,
    moved_sentence,
    moves,
    newcomers,
    organisations_headline,
    reason,
    since,
    where_most,
)
from liaison.metrics.intervals import apart, ratio, ratio_of_clusters
from liaison.metrics.organisation import Cell, LineSince, Month, Organisation, Pair
from liaison.metrics.organisations import Destination, Organisations
from liaison.metrics.taking import Named, Role, Spans
from liaison.metrics.window import Window
from liaison.vocabulary import month_id

YEAR = Window(month_id("2025-04"), month_id("2026-03"))
SPANS = Spans(YEAR, None, month_id("2024-04"), YEAR.last)
SUMMIT, MERCY = Named("S", "Summit", False), Named("M", "Mercy", True)


def figure(part: int, whole: int) -> Figure:
    return Figure("taken_share", part / whole if whole else None, Unit.share, YEAR, part, whole)


def organisation(
    rows: Mapping[tuple[str, str], Pair] | None = None,
    lines: tuple[LineSince, ...] = (),
    causes: tuple[tuple[str, str, int], ...] = (),
    first: str = "2024-04",
    who: Named = SUMMIT,
    side: int = 400,
) -> Organisation:
    """`rows`: (group, line) -> (taken, known)."""
    rows = {("Family", "Cardiology"): (100, 1000)} if rows is None else rows
    cells = tuple(Cell(g, g, line, line, t, k, 0) for (g, line), (t, k) in rows.items())
    taken, known = sum(c.taken for c in cells), sum(c.known for c in cells)
    months = {month_id(first): Month(taken, known, side)}
    return Organisation(
        who, figure(taken, known), figure(taken, side), None, cells, lines, months, causes, 0, SPANS, ()
    )


def destination(label: str, taken: int, before: int | None = None, role: Role = "out") -> Destination:
    return Destination(label, label, role, figure(taken, 1000), None, before, {}, None, None)


def ranked(*rows: Destination) -> Organisations:
    lost = sum(r.figure.numerator or 0 for r in rows if r.role == "out")
    return Organisations(rows, figure(lost, 1000), YEAR, None, None, None)


def line(label: str, early: Pair | None, late: Pair | None, first: str = "2024-04") -> LineSince:
    months = {month_id(first): late or (1, 1)}
    return LineSince(label, label, (late or (0, 0))[0], month_id(first), months, early, late)


def test_the_first_taker_is_named_alone_where_the_second_cannot_be_it() -> None:
    assert organisations_headline(ranked(destination("Summit", 90), destination("Tri", 30))) == (
        "Summit takes 75% of what is lost, more than any other"
    )
    close = ranked(destination("Summit", 40), destination("Tri", 35), destination("Other", 25))
    assert organisations_headline(close) == "Summit and Tri take 75% of what is lost"
    assert organisations_headline(ranked(destination("Ours", 50, role="us"))) == (
        "No referral is known to have gone to another organisation"
    )


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (None, 100, ""),
        (400, 500, "+25% (9.6 to 43)"),
        (500, 400, "\u221220% (8.8 to 30)"),
        (100, 110, "no clear change"),
        (3, 9, "too few to say"),
        (0, 40, "new"),
    ],
)
def test_a_change_comes_with_its_interval_or_not_at_all(before: int | None, now: int, says: str) -> None:
    assert change_words(destination("Summit", now, before)) == says


def test_headline_of_another_and_of_ours() -> None:
    assert headline(organisation()) == "Summit took 100 referrals, 25% of what was lost"
    assert headline(organisation(who=MERCY)) == "Mercy received 100 referrals, 25% of what stayed in network"
    assert headline(organisation({}, who=SUMMIT)).startswith("Summit: no referral of these months")
    nearly = organisation({("Family", "Cardiology"): (999, 1000)}, who=MERCY, side=1000)
    assert headline(nearly) == "Mercy received 999 referrals, nearly all of what stayed in network"


def test_the_line_it_takes_most_of_is_said_where_the_interval_carries_it() -> None:
    clear = organisation({("Family", "Neurology"): (60, 200), ("Family", "Urology"): (20, 400)})
    assert where_most(clear) == "Of Neurology it takes 30%, of all other lines 5.0%."
    assert where_most(organisation({("Family", "Neurology"): (5, 40), ("Family", "Urology"): (8, 80)})) is None


def test_its_own_practices_are_named_so() -> None:
    found = organisation({("S", "Urology"): (80, 100), ("Family", "Urology"): (20, 400)})
    assert from_whom(found) == "Its own practices send it 80% of what they refer, all others 5.0%."
    others = organisation({("Urgent", "Urology"): (80, 100), ("Family", "Urology"): (20, 400)})
    assert from_whom(others) == "Urgent sends it 80% of what they refer, all others 5.0%."


def test_since_the_data_begin_is_not_since_then() -> None:
    assert since(organisation()) == "It has taken referrals since these data begin, Apr 2024."
    assert since(organisation(first="2025-07")) == (
        "The first referral there was in Jul 2025; these data begin Apr 2024."
    )


def test_a_rise_is_flagged_only_where_its_interval_carries_it() -> None:
    rose, same = line("Neurology", (20, 400), (60, 400)), line("Urology", (20, 400), (26, 400))
    few, short = line("Oncology", (0, 4), (4, 5)), line("Other", None, None)
    found = moves((rose, same, few, short))
    assert {k: (m.way, m.words) for k, m in found.items()} == {
        "Neurology": ("up", "5.0% \u2192 15%"),
        "Urology": ("off", "no clear change"),
        "Oncology": ("off", "too few to say"),
        "Other": ("off", ""),
    }
    assert moved_sentence(organisation(lines=(rose, same))) == (
        "In the last 12 months it takes more of Neurology (5.0% before, 15% now; 5.3 to 15 points)."
    )
    assert moved_sentence(organisation(lines=(same,))) is None


def test_a_rise_within_the_scatter_of_the_months_is_none() -> None:
    """60 of 400 after 20 of 400 is beyond chance; where months scatter ten times as much, it is not."""
    rose = line("Neurology", (20, 400), (60, 400))
    assert moves((replace(rose, spread=10.0),))["Neurology"].way == "off"


def test_the_riser_of_many_lines_needs_more_than_the_riser_of_one() -> None:
    """40 of 400 after 23 of 400 lies beyond 95% for one line looked at, not for the best of twenty."""
    rising = line("Neurology", (23, 400), (40, 400))
    assert moves((rising,))["Neurology"].way == "up"
    many = (rising, *(line(f"L{i}", (23, 400), (23, 400)) for i in range(19)))
    assert moves(many)["Neurology"].way == "off"


def test_a_new_line_needs_many_before_without_one() -> None:
    def begun(before: int) -> LineSince:
        months = {month_id("2025-01"): (0, before), month_id("2026-01"): (30, 300)}
        return LineSince("N", "Neurology", 30, month_id("2026-01"), months, None, None)

    assert newcomers(organisation(lines=(begun(500),))) == "New: Neurology since Jan 2026 (none of 500 before)."
    assert newcomers(organisation(lines=(begun(12),))) is None


def test_the_reason_given_most_is_of_those_with_one() -> None:
    clear = (("plan", "Plan network", 60), ("near", "Closer to home", 20), ("(none)", "(none)", 20))
    assert reason(organisation(causes=clear)) == (
        "The reason given most is plan network: 75% of those with one; for 20% of all no reason is recorded."
    )
    close = (("plan", "Plan network", 42), ("near", "Closer to home", 38))
    assert reason(organisation(causes=close)) == (
        "Plan network and closer to home are given most: 100% of those with a reason."
    )
    assert reason(organisation(causes=(("plan", "Plan", 4), ("(none)", "(none)", 90)))) is None


def senders(near: list[Pair], far: list[Pair]) -> Behind:
    rows = [Sender(f"n{i}", "", t, k, 0, 1.0, 9.0) for i, (t, k) in enumerate(near)]
    rows += [Sender(f"f{i}", "", t, k, 0, 9.0, 1.0) for i, (t, k) in enumerate(far)]
    places = Places(frozenset(), False)
    return Behind(SUMMIT, tuple(rows), (Band("under 10", 0, 0, 0),), places, places)


def test_distance_is_part_of_it_where_nearer_practices_send_more() -> None:
    found = senders([(30, 100), (34, 100), (28, 100)], [(10, 100), (8, 100), (12, 100)])
    assert distance(found) == (
        "Where Summit is nearer than we are it takes 31% of what is referred, where we are nearer 10%: "
        "distance is part of it."
    )


def test_distance_is_not_said_of_one_large_practice() -> None:
    """300 of 1,000 against 100 of 1,000 looks certain by referrals; one practice among three makes it."""
    found = senders([(280, 300), (10, 350), (10, 350)], [(34, 300), (33, 350), (33, 350)])
    assert (distance(found) or "").endswith("no clear difference.")
    assert distance(senders([(3, 10)], [(1, 10), (1, 10)])) is None
    assert distance(replace(found, who=MERCY)) is None


def test_few_practices_that_send_half_are_counted() -> None:
    found = senders([(60, 100), (30, 100), (5, 50), (5, 50)], [(5, 50)] * 8)
    assert concentration(found) == "2 of 12 practices send half of it."
    assert concentration(senders([(10, 50)] * 6, [])) is None


@pytest.mark.parametrize(("before", "now"), [(400, 500), (31, 12), (7, 30)])
def test_interval_of_a_ratio_is_the_score_interval_of_two_poisson_counts(before: int, now: int) -> None:
    found = ratio(before, now)
    expected = confint_poisson_2indep(now, 1, before, 1, method="score", compare="ratio")
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-6)


def test_interval_over_clusters_is_cochrans_by_hand() -> None:
    """Shares 2 of 10 and 6 of 10: share 0.4, residuals -2 and 2, variance 2/1 x 8 / 400 = 0.04."""
    found = ratio_of_clusters([2, 6], [10, 10])
    assert (found.value, found.high - found.value) == pytest.approx((0.4, 1.959964 * 0.2), abs=1e-6)
    alike = ratio_of_clusters([4, 4], [10, 10])
    step = apart(found, alike)
    assert (step.value, step.high) == pytest.approx((0.0, 1.959964 * 0.2), abs=1e-6)


def test_interval_over_clusters_covers_the_truth_where_practices_differ() -> None:
    """19 of 20 intervals hold the share of the market that practices were drawn from."""
    draw, held = np.random.default_rng(5), 0
    for _ in range(400):
        own = draw.beta(2, 8, 60)
        whole = draw.integers(20, 200, 60)
        found = ratio_of_clusters(draw.binomial(whole, own).tolist(), whole.tolist())
        held += found.low <= 0.2 <= found.high
    assert 0.91 <= held / 400 <= 0.98
