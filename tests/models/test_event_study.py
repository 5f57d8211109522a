"""The second display equals what csdid says of the castle-doctrine panel, and its own textbook definition."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.worlds import BY_NAME, draw
from liaison.models.effect import effect
from liaison.models.effect.event_study import Against, Method, event_study, studied

SAMPLES = os.environ.get("LIAISON_SAMPLES")
# csdid 0.4.3 on the public panel of 50 states, 2000-2010: log homicide rate, outcome regression without covariates,
# varying base, analytical errors: ATT and standard error, simple and by years since the law.
CSDID = {
    "never_treated": (
        (0.01940, 0.03839),
        {-1: 0.09722, 0: 0.01433, 1: 0.01462, 2: 0.03320, 3: 0.00090, 4: 0.23222},
    ),
    "not_yet_treated": (
        (0.01741, 0.03962),
        {-1: 0.10258, 0: 0.01034, 1: 0.01490, 2: 0.03065, 3: -0.00075, 4: 0.23222},
    ),
}


@pytest.mark.skipif(not SAMPLES, reason="LIAISON_SAMPLES names no folder of public sample files")
@pytest.mark.parametrize("against", ["never_treated", "not_yet_treated"])
def test_castle_law_as_csdid_has_it(against: Against) -> None:
    rows = pd.read_csv(Path(SAMPLES or "") / "panel" / "castle.csv").sort_values(["sid", "year"])
    outcome = rows["l_homicide"].to_numpy().reshape(50, 11)
    law = rows["post"].to_numpy().reshape(50, 11) > 0
    first = np.where(law.any(axis=1), law.argmax(axis=1), -1)
    study = event_study(outcome, first, "callaway_santanna", against)
    (overall, error), by_year = CSDID[against]
    assert study.overall == pytest.approx(overall, abs=5e-5)
    assert study.error == pytest.approx(error, abs=5e-5)
    told = {point.months: point.value for point in study.points}
    assert {year: told[year] for year in by_year} == pytest.approx(by_year, abs=5e-5)


def test_callaway_santanna_by_hand() -> None:
    """Two that start in the fourth period, three that never do: the mean change since the third, less theirs."""
    outcome = np.array([[1.0, 2, 3, 7, 8], [2.0, 2, 3, 5, 8], [1.0, 1, 2, 2, 3], [4.0, 5, 5, 7, 6], [0.0, 0, 1, 1, 2]])
    study = event_study(outcome, np.array([3, 3, -1, -1, -1]), "callaway_santanna")
    told = {point.months: point.value for point in study.points}
    assert told[0] == pytest.approx((4 + 2) / 2 - (0 + 2 + 0) / 3)
    assert told[1] == pytest.approx((5 + 5) / 2 - (1 + 1 + 1) / 3)
    assert study.overall == pytest.approx((told[0] + told[1]) / 2)


def test_a_panel_has_both_displays_and_they_do_not_move_the_estimate() -> None:
    of = effect(draw(BY_NAME["random"], 7, 120).panel)
    methods: tuple[Method, ...] = ("callaway_santanna", "imputation")
    for method in methods:
        found = studied(of.measured, method)
        assert found is not None
        study, second = found
        assert len(study.points) > 12
        assert 0 < second.error < 1
