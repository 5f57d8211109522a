"""The pieces of the effect each equal an independent computation: statsmodels, scipy, or numbers worked out by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from liaison.models.effect.bands import WIDER, fit_bands, total
from liaison.models.effect.index import market_index, two_way
from liaison.models.effect.interval import Interval
from liaison.models.effect.money import Cost, Line, money
from liaison.models.effect.naive import before_after
from liaison.models.effect.parts import shrink
from liaison.models.effect.path import Sums, paths, prior_expectation
from liaison.models.effect.poisson import logistic, poisson
from liaison.models.effect.question import next_visit, one_more, since_first
from liaison.models.effect.staying import log_weights
from liaison.models.panel import Panel

CHANCE = np.random.default_rng(11)

# Twelve practices were visited: Student's 97.5% point of 11 degrees over the normal's, and 12/11 of a variance.
TWELVE = 2.2009852 / 1.9599640 * np.sqrt(12 / 11)


def panel_of(sent: np.ndarray, visits: np.ndarray, **known: list[str] | list[float]) -> Panel:
    names = tuple(f"p{place}" for place in range(len(sent)))
    traits = pd.DataFrame(known, index=pd.Index(names, name="practice_id"))
    nowhere = np.full(sent.shape, np.nan)
    months = tuple(range(24_000, 24_000 + sent.shape[1]))
    return Panel(names, months, sent.astype(float), nowhere, visits.astype(float), np.zeros(sent.shape), traits)


def test_the_market_is_a_poisson_regression_on_practice_and_month() -> None:
    sent = CHANCE.poisson(np.outer([2, 5, 9, 14, 3], np.linspace(0.6, 1.5, 8))).astype(float)
    cells = np.ones(sent.shape, dtype=bool)
    cells[1, 5:], cells[3, 2:] = False, False
    level, month = two_way(sent, cells)
    practice, when = np.nonzero(cells)
    design = np.column_stack([practice[:, None] == np.arange(5), (when[:, None] == np.arange(8))[:, 1:]]).astype(float)
    glm = sm.GLM(sent[cells], design, family=sm.families.Poisson()).fit(tol=1e-12)
    assert (level[:, None] * month)[cells] == pytest.approx(glm.fittedvalues, rel=1e-6)


def test_a_region_moves_with_the_market_until_it_shows_otherwise() -> None:
    sent = np.array([[10.0, 10, 10], [10, 10, 10], [10, 10, 1]])
    index = market_index(sent, np.ones(sent.shape, dtype=bool), np.array([0, 0, 1]))
    level, month = two_way(sent, np.ones(sent.shape, dtype=bool))
    should = level[2] * month[2]
    assert index[2, 2] == pytest.approx(month[2] * (1 + 30) / (should + 30))  # 30 expected referrals hold it
    assert index[0, 2] == index[1, 2] > index[2, 2]


def test_the_band_regression_minimises_the_penalised_likelihood() -> None:
    design = np.column_stack([np.ones(60), CHANCE.normal(size=(60, 2))])
    exposure, weight = CHANCE.uniform(1, 4, 60), CHANCE.uniform(0.5, 2, 60)
    counts = CHANCE.poisson(exposure * np.exp(0.3 + design[:, 1] * 0.5)).astype(float)

    def loss(b: np.ndarray) -> float:
        mean = exposure * np.exp(design @ b)
        return float(weight @ (mean - counts * np.log(mean)) + 0.5 * (b[1:] ** 2).sum())

    least = minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-8}).x
    assert poisson(design, counts, exposure, weight).coefficients == pytest.approx(least, abs=1e-5)
    glm = sm.GLM(counts, design, family=sm.families.Poisson(), exposure=exposure, var_weights=weight).fit()
    assert poisson(design, counts, exposure, weight, ridge=0).coefficients == pytest.approx(glm.params, abs=1e-6)


def test_the_chance_of_a_visit_is_a_logistic_regression() -> None:
    design = np.column_stack([np.ones(200), CHANCE.normal(size=200)])
    happened = (CHANCE.uniform(size=200) < 1 / (1 + np.exp(1 - design[:, 1]))).astype(float)
    glm = sm.Logit(happened, design).fit(disp=0)
    assert logistic(design, happened, ridge=0).coefficients == pytest.approx(glm.params, abs=1e-6)


def test_the_prior_expectation_goes_by_size_and_specialty() -> None:
    known = pd.DataFrame({"size": [1.0, 3, 7] * 10, "specialty": ["a"] * 15 + ["b"] * 15})
    sent = CHANCE.poisson(np.outer(known["size"], np.ones(12))).astype(float)
    every = np.ones(sent.shape, dtype=bool)
    ours = prior_expectation(sent, np.ones(sent.shape), every, known)
    size = np.log1p(known["size"].to_numpy())
    design = np.column_stack([np.ones(30), size - size.mean(), known["specialty"] == "b"]).astype(float)

    def loss(b: np.ndarray) -> float:
        log_mean = design @ b + np.log(12)
        return float((np.exp(log_mean) - sent.sum(axis=1) * log_mean).sum() + 0.05 * (b[1:] ** 2).sum())

    least = minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-8}).x
    assert ours == pytest.approx(np.exp(design @ least), rel=1e-4)


def test_a_path_by_hand() -> None:
    # 14 months: ten of 4, then 1, 1, 7, 7; no market; two a month expected. Decision in the 15th month.
    sent = np.array([[4.0] * 10 + [1, 1, 7, 7, 99]])
    path = paths(Sums.of(sent, np.ones(sent.shape)), np.array([2.0]), np.array([0.5]))[14, 0]
    level = (56 + 1) / (14 + 0.5)
    last_12, last_3, first_half = 8 * 4 + 16, 1 + 7 + 7, 6 * 4
    by_hand = [
        1,
        np.log(level),
        np.log((last_12 + 2 * level) / (12 + 2) / level),
        np.log((last_3 + 2 * level) / (3 + 2) / level),
        np.log((first_half + 2 * level) / (6 + 2) / level),
        0.5,
        np.log(2),
    ]
    assert path == pytest.approx(by_hand)


def test_a_path_knows_nothing_of_its_month_and_after() -> None:
    sent = CHANCE.poisson(5, (4, 20)).astype(float)
    later = sent.copy()
    later[:, 12:] += 50
    first, second = (paths(Sums.of(s, np.ones(s.shape)), np.full(4, 5.0), np.zeros(4))[12] for s in (sent, later))
    assert (first == second).all()


def _small() -> tuple[Panel, np.ndarray]:
    chance = np.random.default_rng(4)
    sent = chance.poisson(chance.uniform(2, 8, (40, 1)) * np.ones(20)).astype(float)
    visits = np.zeros(sent.shape)
    visits[np.arange(12), chance.integers(8, 14, 12)] = 1
    return panel_of(sent, visits), sent


def test_the_error_is_what_weighing_each_practice_a_little_more_says() -> None:
    """The influence function against its definition: each practice's weight is moved, and everything fitted again."""
    panel, sent = _small()
    question = since_first(panel, np.zeros(40, dtype=np.int64))
    band = (1, 2)
    sums = Sums.of(sent, np.ones(sent.shape))
    path = paths(sums, np.full(40, 5.0), np.zeros(40))[:, :, :3]
    fits = fit_bands(type(question)(**{**vars(question), "bands": (band,)}), path, sums, np.zeros((40, 21)), 1.0)
    ours = total(fits, sums, question.begins, (0, 20))
    first = np.where(panel.visited.any(axis=1), panel.visited.argmax(axis=1), 20)

    def effect(weight: np.ndarray) -> tuple[float, float]:
        rows = [(i, m) for m in range(8, 19) for i in range(40) if first[i] >= min(m + 3, 20)]
        rows = [(i, m) for i, m in rows if m >= first.min()]
        design = np.array([path[m, i] for i, m in rows])
        counts = np.array([sent[i, m + 1 : m + 3].sum() for i, m in rows])
        exposure = np.array([float(min(m + 3, 20) - m - 1) for i, m in rows])
        of = weight[[i for i, _ in rows]]

        def loss(b: np.ndarray) -> float:
            log_mean = design @ b + np.log(exposure)
            return float(of @ (np.exp(log_mean) - counts * log_mean) + 0.5 * (b[1:] ** 2).sum())

        def slope(b: np.ndarray) -> np.ndarray:
            left = of * (np.exp(design @ b + np.log(exposure)) - counts)
            return np.asarray(design.T @ left + np.r_[1e-6 * b[0], b[1:]])

        b = minimize(loss, np.zeros(3), jac=slope, method="BFGS", options={"gtol": 1e-10}).x
        seen = [(i, int(first[i])) for i in range(12)]
        expected = {i: float(np.exp(path[m, i] @ b)) * 2 for i, m in seen}
        came = {i: float(sent[i, m + 1 : m + 3].sum()) for i, m in seen}
        should = sum(weight[i] * expected[i] for i in expected)
        return sum(weight[i] * came[i] for i in came) - should, should

    difference, should = effect(np.ones(40))
    assert (ours.incremental, ours.expected) == pytest.approx((difference, should), rel=1e-4)
    step, moved = 1e-4, np.empty(40)
    for place in range(40):
        weight = np.ones(40)
        weight[place] += step
        more, more_should = effect(weight)
        # of the total at its own lift: what moves the lift, times what was expected
        moved[place] = (more / more_should - difference / should) / step * should
    assert ours.error() == pytest.approx(WIDER * TWELVE * np.sqrt((moved**2).sum()), rel=2e-3)


def test_practices_of_one_building_count_together() -> None:
    panel, sent = _small()
    question = since_first(panel, np.zeros(40, dtype=np.int64))
    sums = Sums.of(sent, np.ones(sent.shape))
    fits = fit_bands(question, paths(sums, np.full(40, 5.0), np.zeros(40)), sums, np.zeros((40, 21)), 1.0)
    whole = total(fits, sums, question.begins, (0, 20))
    assert whole.error(np.arange(40)) == pytest.approx(whole.error())
    order = np.argsort(whole.left)
    alike = np.empty(40, dtype=np.int64)  # those that lie alike in pairs: together they tell less than apart
    alike[order] = np.repeat(np.arange(20), 2)
    pairs = whole.left[order].reshape(20, 2).sum(axis=1)
    assert whole.error(alike) == pytest.approx(WIDER * TWELVE * np.sqrt((pairs**2).sum()), rel=1e-6)
    assert whole.error(alike) > 1.3 * whole.error()
    assert whole.error(np.zeros(40, dtype=np.int64)) == pytest.approx(whole.error())  # one group is no licence


def test_who_stayed_counts_for_those_like_it_who_did_not() -> None:
    """Of forty alike a tenth is visited each month: one that stayed for six months counts 1 / 0.9^6 times."""
    visits = np.zeros((400, 20))
    first = np.random.default_rng(3).geometric(0.1, 400) + 7
    inside = first < 20
    visits[np.flatnonzero(inside), first[inside]] = 1
    sent = np.full(visits.shape, 5.0)
    panel = panel_of(sent, visits)
    question = since_first(panel, np.zeros(400, dtype=np.int64))
    sums = Sums.of(sent, np.ones(sent.shape))
    held = log_weights(question, paths(sums, np.full(400, 5.0), np.zeros(400)), sums, np.full(400, 5.0))
    stayed = np.flatnonzero(~panel.visited.any(axis=1))
    assert np.exp(held[stayed, 16] - held[stayed, 10]) == pytest.approx(1 / 0.9**6, rel=0.12)


def test_first_visits_begin_and_the_others_wait() -> None:
    visits = np.zeros((4, 12))
    visits[0, 7], visits[0, 9], visits[1, 2], visits[2, 10] = 1, 1, 1, 1
    asked = since_first(panel_of(np.ones((4, 12)), visits), np.zeros(4, dtype=np.int64))
    assert np.argwhere(asked.begins).tolist() == [[0, 7], [2, 10]]
    assert asked.already.tolist() == [False, True, False, False]  # visited with less than six months before
    assert asked.waits[2, 6:10].tolist() == [10] * 4
    assert asked.waits[2, 10:].tolist() == [0, 0]
    assert asked.never.tolist() == [False, False, False, True]
    assert next_visit(visits > 0)[0].tolist() == [7] * 8 + [9, 9, 12, 12]


def test_a_log_that_starts_late_leaves_no_first_visits() -> None:
    visits = np.zeros((3, 30))
    visits[0, [13, 14, 22]], visits[1, [13, 16]] = 1, 1
    panel = panel_of(np.ones((3, 30)), visits)
    since = np.full(3, 12)
    assert not since_first(panel, since).begins.any()
    more = one_more(panel, since)
    assert np.argwhere(more.begins).tolist() == [[0, 22]]  # twice seen, then cold for seven months
    assert (more.waits[1, 23:] == 30).all()
    assert not more.waits[1, 16:23].any()
    assert not more.waits[2].any()  # never seen: another kind of practice


def test_a_simple_chart_by_hand() -> None:
    sent = np.array([[4.0] * 6 + [9, 6, 6], [2.0] * 6 + [9, 1, 2], [5.0] * 9])
    visits = np.zeros((3, 9))
    visits[:2, 6] = 1
    index = np.ones((3, 9))
    index[:, 7:] = 1.25
    found = before_after(panel_of(sent, visits), np.array([True, True, False]), index)
    assert found is not None
    # +4 and -1 against 8 and 4; the market alone adds a quarter of 12; the visit's own month is left out.
    assert (found.value, found.usual, found.market, found.practices) == pytest.approx((3, 12, 3, 2))
    assert found.error == pytest.approx(np.sqrt(2 * 12.5))


def test_parts_are_held_to_the_whole_by_what_they_differ_beyond_chance() -> None:
    """DerSimonian and Laird by hand: 0.0 and 0.2 with errors of 0.1 and 0.1."""
    # Q = 100 (0.1^2 + 0.1^2) = 2, one degree of freedom, scale 200 - 20000 / 200 = 100: tau^2 = 0.01, so half is kept.
    (low, _), (high, _) = shrink([(0.0, 0.1), (0.2, 0.1)])
    assert (low, high) == pytest.approx((0.05, 0.15))
    same = shrink([(0.1, 0.1), (0.1, 0.1)])
    assert [lift for lift, _ in same] == pytest.approx([0.1, 0.1])
    assert same[0][1] == pytest.approx(0.1 / np.sqrt(2))


def test_money_by_hand() -> None:
    lines = [
        Line("cardiology", 0.25, 1000.0, seen=0.8, n=100, low=800, high=1200),
        Line("imaging", 0.75, 200.0, seen=0.5, n=400),
    ]
    found = money(Interval.of(100.0, 20.0, 0.95), 20.0, 1000.0, lines, Cost(50_000.0, 200, 80))
    # A referral is worth 0.25 x 800 + 0.75 x 100 = 275.
    of_worth = 0.25**2 * (1000**2 * 0.8 * 0.2 / 100 + 0.8**2 * (400 / 3.919928) ** 2) + 0.75**2 * 200**2 * 0.25 / 400
    error = np.sqrt(275**2 * 20**2 + 100**2 * of_worth)
    assert found.margin.value == pytest.approx(27_500)
    assert found.margin.high - found.margin.value == pytest.approx(1.959964 * error, rel=1e-5)
    assert (found.cost.of_covered, found.net.value) == pytest.approx((20_000, 7_500))  # 80 of 200 visits
    assert found.per_dollar is not None
    assert found.per_visit is not None
    assert (found.per_dollar.value, found.per_visit.value) == pytest.approx((1.375, 93.75))
    assert (found.per_referral, found.break_even_lift) == pytest.approx((200, 20_000 / (1000 * 275)))
    assert found.unmeasured_says == "120 visits ($30,000) are not measured."
    assert "at 73 more referrals, a lift of 7.3%; measured are +100" in found.zero_says


def test_a_cost_changes_the_cost_and_a_margin_the_margin() -> None:
    def told(total: float, margin: float) -> dict[str, object]:
        line = Line("all", 1.0, margin)
        return money(Interval.of(50.0, 10.0, 0.95), 10.0, 400.0, [line], Cost(total, 10, 10)).as_json()

    first, dearer, better = told(1000, 100), told(2000, 100), told(1000, 200)
    changed = {name for name in first if first[name] != dearer[name]}
    of_cost = {"cost_covered", "cost_total", "net", "return", "return_low", "return_high", "per_visit"}
    assert changed == of_cost | {"cost_per_referral", "break_even_lift", "zero", "inputs"}
    changed = {name for name in first if first[name] != better[name]}
    of_margin = {"margin", "low", "high", "net", "return", "return_low", "return_high", "per_visit"}
    assert changed == of_margin | {"break_even_lift", "zero", "inputs"}
