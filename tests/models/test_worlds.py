"""The worlds are what they say: drawn by a seed, with a truth that fits the panel. At scale: `make audit`."""

import subprocess
import sys

import numpy as np
import pytest

from benchmarks.worlds import BY_NAME, PLAIN, RECEIVED_ONLY, draw
from benchmarks.worlds.effect import dose, extra
from liaison.jobs.environment import ROOT


def test_the_same_seed_draws_the_same_market() -> None:
    first, again, other = (draw(PLAIN, seed, 40) for seed in (3, 3, 4))
    assert (first.panel.referrals_in == again.panel.referrals_in).all()
    assert (first.truth.extra == again.truth.extra).all()
    assert (first.panel.referrals_in != other.panel.referrals_in).any()


def test_without_effect_a_visit_brings_nothing() -> None:
    made = draw(PLAIN, 3, 40, effect=False)
    assert (made.truth.extra == 0).all()
    assert (made.truth.with_visits == made.truth.without).all()


def test_two_visits_at_once_do_not_add_up() -> None:
    visited = np.array([[0, 1, 1, 0], [0, 0, 1, 0]], dtype=float)
    # Lags of one and two months, 0.45 + 0.80, stop at the peak.
    assert dose(visited, 3).tolist() == pytest.approx([1.0, 0.45])
    assert dose(visited, 2).tolist() == pytest.approx([0.45, 0.0])


def test_a_first_visit_brings_the_whole_curve() -> None:
    rate, lift = np.full((1, 9), 10.0), np.array([0.1])
    # The shares of the peak add up to 4 months: 10 x 0.1 x 4.
    assert extra(rate, lift, np.zeros((1, 2)), 2).tolist() == pytest.approx([4.0])


def test_a_late_log_misses_the_first_visits() -> None:
    made = draw(BY_NAME["late log"], 3, 60)
    assert made.panel.visits[:, :12].sum() == 0 < made.truth.visits[:, :12].sum()


def test_slots_by_lot_are_marked_as_often_as_asked() -> None:
    panel = draw(PLAIN, 3, 300, random_slots=0.2).panel
    assert 0.1 < panel.visit_randomised.sum() / panel.visits.sum() < 0.3
    assert (panel.visits[panel.visit_randomised > 0] > 0).all()


def test_a_market_of_received_rows_sees_nothing_elsewhere() -> None:
    assert np.isnan(draw(RECEIVED_ONLY, 3, 20).panel.referrals_out).all()


@pytest.mark.audit
@pytest.mark.parametrize("promise", ["yardstick", "ranking"])
def test_the_promise_is_kept_at_its_size(promise: str) -> None:
    run = [sys.executable, "-m", f"benchmarks.{promise}"]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
