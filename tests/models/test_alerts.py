"""Alerts: what counts as a change, how seldom chance makes one, what each says, and what the list is worth."""

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from liaison.cli.main import main
from liaison.errors import LiaisonError
from liaison.models.outlook.alerts import Alert, Alerts, Kind, alerts
from liaison.models.outlook.belief import of_fall
from liaison.models.outlook.history import history, listed, threshold
from liaison.models.outlook.lines import alert_by_line
from liaison.models.outlook.rates import Array
from liaison.models.outlook.yardstick import measure, pool
from liaison.models.panel import read_panel
from tests.models.test_forecast import JANUARY, market, panel, write

DECEMBER = "2026-12"  # of a panel of 36 months


def steady(seed: int = 1, practices: int = 60, months: int = 36, rate: float = 10.0) -> Array:
    """Chance alone: as many come as a Poisson count gives."""
    return np.random.default_rng(seed).poisson(rate, (practices, months)).astype(float)


def listed_now(counts: Array) -> dict[str | None, Alert]:
    return {one.practice: one for one in alerts(panel(counts)).alerts}


def test_expected_follows_own_history_and_the_others() -> None:
    """Ten a month for 21 months, and the others send half as much in the last three: 15 of 30 are expected."""
    counts = np.full((50, 24), 10.0)
    counts[1:, -3:] = 5.0
    counts[0, -3:] = [2.0, 2.0, 2.0]
    found = measure(counts, pool(counts))
    assert found.seen[0] == 6
    assert found.expected[0] == pytest.approx(15.0, rel=0.01)
    assert found.market[0] == pytest.approx(0.5, abs=0.002)


def test_chance_is_the_predictive_negative_binomial() -> None:
    counts = steady()
    counts[0, -3:] = 4
    shared = pool(counts)
    found = measure(counts, shared)
    now = history(counts).now
    size = 1 / found.relative[0]
    assert now.signs.fell[0] == pytest.approx(nbinom.cdf(12, size, size / (size + found.expected[0])))
    blocks = 33 / 3
    known = 1 / (found.before[0] + shared.usual.shape)
    assert found.relative[0] == pytest.approx(known + shared.scatter * (1 + 1 / blocks) + shared.unsure[0])


def test_a_fall_is_told_with_its_evidence() -> None:
    counts = steady()
    counts[0, -4:] = [3, 2, 4, 3]
    one = listed_now(counts)["p0"]
    assert one.kind is Kind.decline
    assert (one.seen, one.since) == (9, JANUARY + 34)  # low for two months running since November
    assert one.expected == pytest.approx(30, abs=4)
    assert one.real > 0.9
    assert one.change == pytest.approx(-7, abs=1.5)
    assert one.says.startswith("9 referrals in Oct to Dec 2026, where ")
    assert "a month from Jan 2024 to Sep 2026" in one.says
    assert "other practices sent" in one.says
    assert "1 time in" in one.says


def test_one_bad_month_is_no_alert_yet() -> None:
    counts = steady()
    counts[0, -3:] = [10, 10, 0]
    counts[1, -3:] = [10, 1, 0]
    assert {"p0", "p1"}.isdisjoint(listed_now(counts))


def test_a_practice_that_stops_has_lapsed() -> None:
    counts = steady()
    counts[3, -4:] = 0
    one = listed_now(counts)["p3"]
    assert one.kind is Kind.lapse
    assert one.says.startswith("Nothing in Oct to Dec 2026, where ")
    assert "none would come less than 1 time in 10,000" in one.says


def test_a_practice_that_begins_is_a_new_source() -> None:
    counts = steady()
    counts[4, :34] = 0
    one = listed_now(counts)["p4"]
    assert one.kind is Kind.new_source
    assert one.silent == 33
    assert one.change > 0
    assert "after none in the 33 months before" in one.says


def test_a_practice_that_comes_back_has_returned() -> None:
    counts = steady()
    counts[5, 22:34] = 0
    one = listed_now(counts)["p5"]
    assert one.kind is Kind.returned
    assert one.silent == 11
    assert one.usual == pytest.approx(10, abs=1.5)
    assert "until then it sent" in one.says


def test_a_sparse_practice_neither_lapses_nor_returns() -> None:
    """One referral in five months on average: silences and single referrals mean nothing."""
    counts = np.vstack([steady(), steady(3, practices=40, rate=0.2)])
    told = listed(history(counts))
    assert told[:, :, 60:].mean() * 1000 < 3


def test_a_market_that_halves_alarms_hardly_anybody() -> None:
    counts = steady(rate=20)
    counts[:, -6:] = np.random.default_rng(9).poisson(10, (60, 6))
    assert len(listed_now(counts)) <= 2


def test_a_lone_practice_is_held_against_its_own_past() -> None:
    counts = steady(practices=1)
    assert listed_now(counts) == {}
    counts[0, -4:] = 1
    assert listed_now(counts)["p0"].kind is Kind.decline


def test_a_practice_that_joined_late_is_measured_from_its_start() -> None:
    counts = steady()
    counts[0, :20] = 0
    counts[0, -4:] = 3
    one = listed_now(counts)["p0"]
    assert one.history == (JANUARY + 20, JANUARY + 32)
    assert one.usual == pytest.approx(10, abs=1.5)


def test_small_practices_are_told_as_a_group() -> None:
    small = steady(5, practices=30, rate=2.0)
    small[:, -4:] = np.random.default_rng(6).poisson(0.9, (30, 4))
    found = alerts(panel(np.vstack([steady(), small])))
    one = next(alert for alert in found.alerts if alert.practice is None)
    assert one.kind is Kind.decline
    assert set(one.members) == {f"p{place}" for place in range(60, 90)}
    assert one.says.startswith("30 practices under 3 a month together: ")
    assert (found.alone, found.together) == (60, 30)


def test_the_greatest_expected_loss_stands_first() -> None:
    counts = np.vstack([steady(), steady(7, practices=3, rate=60)])
    counts[0, -4:] = 3
    counts[60, -4:] = 20
    rows = alerts(panel(counts)).alerts
    assert rows[0].practice == "p60"
    weights = [one.real * abs(one.change) for one in rows]
    assert weights == sorted(weights, reverse=True)


def test_the_less_is_seen_the_likelier_a_fall_is_real() -> None:
    """Seen exactly as expected: no more than the one in twenty that is taken for granted."""
    seen = np.arange(31.0)
    belief = of_fall(seen, np.full(31, 30.0), 0.1)
    assert (np.diff(belief.real) < 0).all()
    assert belief.real[30] < 0.05
    assert belief.change[0] == pytest.approx(-10, abs=0.05)


def test_belief_is_bayes_over_what_may_be_left() -> None:
    law = [nbinom.pmf(9, 10, 10 / (10 + max(30 * left, 1e-6))) for left in (0, 0.2, 0.4, 0.6, 0.8)]
    nothing = nbinom.pmf(9, 10, 10 / 40)
    real = 0.05 * np.mean(law) / (0.05 * np.mean(law) + 0.95 * nothing)
    assert of_fall(np.array([9.0]), np.array([30.0]), 0.1).real[0] == pytest.approx(real)


def test_practices_that_close_do_not_hide_those_that_fall() -> None:
    """One in ten closed a year ago; a fall now is told as it would be without them."""
    counts = steady()
    counts[0, -4:] = 3
    counts[54:, -12:] = 0
    assert listed_now(counts)["p0"].kind is Kind.decline


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chance_alone_keeps_to_the_budget(seed: int) -> None:
    """Ups and downs that last half a year, and nothing behind them."""
    told = listed(history(market(seed)))
    assert 1000 * told.any(axis=1).mean() <= 15


def test_the_budget_is_tightened_by_this_panels_own_past() -> None:
    """Of 7 months and 200 practices, 14 practice-months may be on the list, not counting the last three months.

    Ten that are beyond doubt, less likely than 1 in 1,000, come on top.
    """
    twice = np.ones((10, 3, 200))
    twice[:7, 0, :] = np.linspace(0.001, 0.14, 1400).reshape(7, 200)
    past = np.sort(twice[:7, 0].ravel())
    assert threshold(twice) == pytest.approx(past[14])
    twice[7:] = 0.0
    assert threshold(twice) == pytest.approx(past[14])
    twice[:7, 1, :10] = 1e-6  # ten practices, seven months: 70 of 1,400 are real, and hide nobody
    left = np.sort(twice[:7].min(axis=1).ravel())
    assert threshold(twice) == pytest.approx(left[70 + 14])
    assert threshold(twice[:5]) == 0.05


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), known=st.integers(16, 30))
def test_what_came_later_changes_nothing(seed: int, known: int) -> None:
    counts = market(seed, practices=25, months=33)
    counts[0, known - 4 :] = 0
    scrambled = counts.copy()
    scrambled[:, known:] = np.random.default_rng(seed + 1).permuted(counts[:, known:] * 7 + 1, axis=1)
    month = JANUARY + known - 1
    told = alerts(panel(counts), month).as_json()
    assert told == alerts(panel(scrambled), month).as_json()
    assert told == alerts(panel(counts[:, :known])).as_json()


def test_months_listed_are_those_that_were_told_then() -> None:
    """The list of each month, made from all months at once, is the list made in that month."""
    counts = market(4, practices=80, months=24)
    together = listed(history(counts))
    for back in range(6):
        then = history(counts[:, : 24 - back])
        assert (together[len(together) - 1 - back] == listed(then)[-1]).all()


def test_order_of_practices_does_not_matter() -> None:
    counts = market(8, practices=100)
    counts[0, -4:] = 0
    order = np.random.default_rng(1).permutation(100)
    turned = {f"p{order[int((name or 'p0')[1:])]}": one.chance for name, one in listed_now(counts[order]).items()}
    assert turned == pytest.approx({name: one.chance for name, one in listed_now(counts).items()})


def odds_of(counts: Array) -> Any:
    return alerts(panel(counts)).odds


def test_odds_are_measured_on_the_panel_itself() -> None:
    """Where only chance is at work, almost every fall by 40% from 30 a month is found, and from noise far fewer."""
    calm, noisy = odds_of(steady(rate=30)), odds_of(market(1, practices=100))
    assert calm.falls > 100
    assert calm.found > 0.9
    assert calm.months_to_find <= 4
    assert noisy.found < calm.found
    assert noisy.found_soon <= noisy.found
    assert "made-up falls in these counts" in calm.says
    assert odds_of(steady(rate=30)) == calm


def test_false_alerts_told_are_those_of_the_past() -> None:
    counts = market(3)
    told = history(counts)
    least = told.twice[:-3].min(axis=1)
    alarms = (least < told.threshold) & (least >= 0.001)
    begun = [(now & ~before).sum() for before, now in pairwise(list(alarms))]
    assert odds_of(counts).false_a_month == pytest.approx(np.mean(begun))


def test_a_short_panel_says_where_its_odds_come_from() -> None:
    odds = odds_of(steady(months=16))
    assert (odds.falls, odds.past) == (0, 0)
    assert odds.says.count("as in simulated markets") == 2


def test_sixteen_months_are_needed() -> None:
    with pytest.raises(LiaisonError, match="need 16 months of referrals; there are 15"):
        alerts(panel(steady(months=15)))


def test_lines_add_up_to_what_was_seen_less_what_was_expected() -> None:
    """Two lines of 6 and 4 a month; only the first fell: 18 expected of 30, 3 seen."""
    by_line = np.zeros((1, 2, 24))
    by_line[0, 0], by_line[0, 1] = [6.0] * 21 + [1.0] * 3, 4.0
    parts = alert_by_line(by_line, by_line.sum(axis=1), np.array([30.0]))
    assert parts.lines[0] == pytest.approx([3, 12])
    assert parts.beside[0] == pytest.approx([18, 12])
    assert (parts.lines - parts.beside).sum() == pytest.approx(15 - 30)


def test_the_command_prints_what_the_function_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = steady()
    counts[0, -4:] = 1
    file = str(write(tmp_path / "panel.csv", counts))
    assert main(["alerts", "--panel", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["month"] == DECEMBER
    assert told["rows"][0]["practice_id"] == "p0"
    assert told["rows"][0]["window"] == {"from": "2026-10", "to": DECEMBER}
    assert told["odds"]["says"] == alerts(read_panel(Path(file))).odds.says
    assert main(["alerts", "--panel", file, "--as-of", "2026-06", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["month"] == "2026-06"


def test_a_panel_too_short_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(write(tmp_path / "panel.csv", steady(months=12)))
    assert main(["alerts", "--panel", file, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["remedy"] == "Add earlier months."


def test_a_list_is_made_in_seconds_for_the_largest_team() -> None:
    counts = np.tile(market(1, practices=1000, months=60), (5, 1))
    began = time.process_time()
    found: Alerts = alerts(panel(counts))
    assert time.process_time() - began < 10
    assert found.alone + found.together == 5000
