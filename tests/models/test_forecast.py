"""The next three months: what the forecast is the product of, what its intervals hold, how lines share it."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from liaison.cli.main import main
from liaison.errors import LiaisonError
from liaison.models.outlook.calibration import power, slope
from liaison.models.outlook.forecast import draw_in, forecast, product
from liaison.models.outlook.lines import forecast_by_line
from liaison.models.outlook.market import growth, season
from liaison.models.outlook.next_months import next_months
from liaison.models.outlook.rates import Array, at_least, at_most, bounds, likelihood, relative_variance, usual
from liaison.models.panel import Panel

JANUARY = 2024 * 12


def panel(counts: Array) -> Panel:
    names = tuple(f"p{place}" for place in range(len(counts)))
    nothing = np.zeros_like(counts)
    months = tuple(range(JANUARY, JANUARY + counts.shape[1]))
    return Panel(names, months, counts, nothing + np.nan, nothing, nothing, pd.DataFrame(index=names))


def market(seed: int, practices: int = 300, months: int = 36, mean: float = 6.0) -> Array:
    """Practices of many sizes, negative binomial with k = 6, in ups and downs of one third that last."""
    draw = np.random.default_rng(seed)
    rate = mean * np.exp(draw.normal(-0.25, 0.7, practices))
    mood = draw.normal(0, 0.3, practices)
    counts = np.empty((practices, months))
    for month in range(months):
        mood = 0.75 * mood + draw.normal(0, 0.2, practices)
        counts[:, month] = draw.poisson(rate * np.exp(mood - 0.045) * draw.gamma(6, 1 / 6, practices))
    return counts


def test_a_rate_is_drawn_towards_the_usual_one() -> None:
    """0, 24 and 48 in a year: mean 2 a month; their variance 8/3 less 2/12 by chance is 2.5; shape 4 / 2.5."""
    seen = np.array([0.0, 24.0, 48.0])
    like = usual(seen, 12.0)
    assert (like.mean, like.shape) == pytest.approx((2.0, 1.6))
    assert like.rate(seen, 12.0) == pytest.approx([1.6 / 12.8, 2.0, 49.6 / 12.8])


def test_chances_are_those_of_the_negative_binomial() -> None:
    seen, mean, relative = np.array([0.0, 3.0, 18.0]), np.array([2.0, 9.0, 30.0]), 0.15
    law = nbinom(1 / relative, 1 / (1 + relative * mean))
    assert at_most(seen, mean, relative) == pytest.approx(law.cdf(seen))
    assert at_least(seen, mean, relative) == pytest.approx(law.sf(seen - 1))
    assert likelihood(seen, mean, relative) == pytest.approx(law.pmf(seen))


def test_variance_beyond_chance_is_found_again() -> None:
    draw = np.random.default_rng(5)
    mean = draw.uniform(5, 60, 20_000)
    wider, chance = (draw.poisson(rate).astype(float) for rate in (mean * draw.gamma(8, 1 / 8, 20_000), mean))
    assert relative_variance(wider, mean) == pytest.approx(1 / 8, rel=0.05)
    assert relative_variance(chance, mean) < 0.005


@pytest.mark.parametrize(("level", "mean"), [(0.8, 1.0), (0.8, 20.0), (0.95, 1.0), (0.95, 20.0)])
def test_an_interval_holds_about_its_level_even_of_small_counts(level: float, mean: float) -> None:
    """Over practices whose means differ a little, so that whole counts average out."""
    means = np.linspace(0.7, 1.5, 201) * mean
    low, high = bounds(means, 0.2, level)
    law = nbinom(5, 5 / (5 + means))
    assert (law.cdf(high) - law.cdf(low - 1)).mean() == pytest.approx(level, abs=0.025)
    assert (low <= means).all()
    assert (high >= np.floor(means)).all()


def test_slope_is_that_of_a_poisson_regression() -> None:
    draw = np.random.default_rng(3)
    foreseen = draw.gamma(1.5, 8, 400) + 0.5
    came = draw.poisson(1.3 * foreseen**0.8).astype(float)
    theirs = sm.GLM(came, sm.add_constant(np.log(foreseen)), family=sm.families.Poisson()).fit()
    assert slope(foreseen, came) == pytest.approx(theirs.params[1], abs=1e-7)


def test_forecasts_that_lie_too_far_apart_are_drawn_in() -> None:
    draw = np.random.default_rng(4)
    foreseen = draw.gamma(1.5, 8, 2_000) + 0.5
    assert power(foreseen, draw.poisson(foreseen**0.8).astype(float)) == pytest.approx(0.8, abs=0.02)
    assert power(foreseen[:5], foreseen[:5]) == pytest.approx(1.0)


def test_drawing_in_leaves_the_markets_sum() -> None:
    factors = product(market(1))
    drawn = draw_in(factors, 0.8)
    assert drawn.months.sum() == pytest.approx(factors.months.sum())
    assert drawn.months.std() < factors.months.std()


def test_sources_that_arrive_leave_the_intervals_of_the_others_as_they_were() -> None:
    """Four of 304 send forty a month each, and had sent nothing before last quarter: the other 300 go on as before."""
    counts = market(2)
    arrived = np.zeros((4, counts.shape[1]))
    arrived[:, -3:] = 40.0
    alone, beside = forecast(counts), forecast(np.vstack([counts, arrived]))
    assert beside.scatter_total == pytest.approx(alone.scatter_total, rel=0.2)
    assert beside.power == pytest.approx(alone.power, abs=0.05)
    wide, wider = (made.total_intervals[0].high - made.total_intervals[0].low for made in (alone, beside))
    assert np.median(wider[:300] / np.maximum(wide, 1)) == pytest.approx(1.0, abs=0.15)


def test_a_market_that_never_changes_goes_on() -> None:
    made = forecast(np.full((40, 30), 5.0))
    assert made.months == pytest.approx(np.full((40, 3), 5.0))
    assert made.total == pytest.approx(np.full(40, 15.0))


def test_recent_months_count_to_the_power_of_six_tenths() -> None:
    """Two of 100, one with 40 a month and then 10: against 10 a month throughout, market unchanged.

    Year of the first: 9 x 40 + 3 x 10 = 390, 32.5 a month; last three 30, usually 97.5; the market's pace is left.
    """
    counts = np.full((100, 12), 10.0)
    counts[0] = [*[40.0] * 9, *[10.0] * 3]
    factors = product(counts)
    pace = (99 * 10 + 10) / ((99 * 120 + 390) / 12)
    rate = factors.rate[0]
    assert factors.recent[0] == pytest.approx(((30 + 3 * rate) / (3 * rate * pace + 3 * rate)) ** 0.6)
    assert factors.season == pytest.approx([1, 1, 1])  # one year does not tell season from growth


def test_season_is_found_again() -> None:
    true = 1 + 0.2 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    totals = np.tile(true, 4) * 10_000 * 1.05 ** (np.arange(48) / 12)
    assert season(totals) == pytest.approx(true / true.mean(), abs=0.01)
    assert season(totals[:23]) == pytest.approx(np.ones(12))


def test_growth_of_a_large_market_is_its_own_and_of_a_tiny_one_hardly_any() -> None:
    up = np.repeat([1.0, 1.2], 12)
    assert growth(up * 10_000, np.ones(12)) == pytest.approx(1.2, abs=0.005)
    assert 1.0 < growth(up * 0.5, np.ones(12)) < 1.05


def test_what_comes_lies_in_the_intervals_and_on_the_line() -> None:
    held, slopes = [], []
    for seed in range(6):
        counts = market(seed)
        made, came = forecast(counts[:, :33]), counts[:, 33:].sum(axis=1)
        held.append([((came >= i.low) & (came <= i.high)).mean() for i in made.total_intervals])
        slopes.append(slope(made.total, came))
    eighty, ninety_five = np.mean(held, axis=0)
    assert 0.77 <= eighty <= 0.86
    assert 0.93 <= ninety_five <= 0.975
    assert np.mean(slopes) == pytest.approx(1, abs=0.05)


def test_a_year_is_needed() -> None:
    with pytest.raises(LiaisonError, match="needs 12 months of referrals; there are 11"):
        forecast(market(1, months=11))
    assert forecast(market(1, months=12)).looked_back == 0
    assert forecast(market(1, months=36)).looked_back == 3


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), known=st.integers(12, 30))
def test_what_came_later_changes_nothing(seed: int, known: int) -> None:
    counts = market(seed, practices=25, months=34)
    scrambled = counts.copy()
    scrambled[:, known:] = np.random.default_rng(seed + 1).permuted(counts[:, known:] * 7, axis=1)
    month = JANUARY + known - 1
    assert next_months(panel(counts), month).as_json() == next_months(panel(scrambled), month).as_json()


def test_lines_add_up_to_the_practice_and_say_what_names_none() -> None:
    """First practice: 6 and 2 a month of its two lines, 2 of none; the forecast 30 is shared 18, 6, 6."""
    by_line = np.zeros((3, 2, 12))
    by_line[0] = [[6.0] * 12, [2.0] * 12]
    by_line[1, 0] = 4.0
    counts = by_line.sum(axis=1)
    counts[0] += 2
    parts = forecast_by_line(by_line, counts, np.array([30.0, 12.0, 1.5]))
    assert parts.lines[0] == pytest.approx([18, 6])
    assert parts.unnamed == pytest.approx([6, 0, 1.5])
    assert parts.beside[0] == pytest.approx([18, 6])
    assert parts.lines.sum(axis=1) + parts.unnamed == pytest.approx([30, 12, 1.5])
    assert parts.why_unnamed(0) == "6.0 are of referrals that name no service line."
    assert parts.why_unnamed(1) is None
    assert parts.why_unnamed(2) == "No referral of the months compared names a service line."


def test_a_line_that_grew_counts_for_more() -> None:
    """Both 36 in the year; the last three months 18 against 0: (18 + 9) / 18 and 9 / 18, to the power 0.6."""
    by_line = np.array([[[2.0] * 9 + [6.0] * 3, [4.0] * 9 + [0.0] * 3]])
    parts = forecast_by_line(by_line, by_line.sum(axis=1), np.array([10.0]))
    share = 1.5**0.6 / (1.5**0.6 + 0.5**0.6)
    assert parts.lines[0] == pytest.approx([10 * share, 10 * (1 - share)])


def test_lines_with_more_than_their_practice_are_refused() -> None:
    with pytest.raises(LiaisonError, match="practice 1 add up to more"):
        forecast_by_line(np.full((1, 2, 12), 3.0), np.full((1, 12), 5.0), np.array([10.0]))


def write(path: Path, counts: Array) -> Path:
    names = [f"p{place}" for place in range(len(counts))]
    months = [f"{2024 + month // 12}-{month % 12 + 1:02d}" for month in range(counts.shape[1])]
    rows = [f"{n},{m},{int(counts[i, j])},0" for i, n in enumerate(names) for j, m in enumerate(months)]
    path.write_text("\n".join(["practice_id,month,referrals_in,visits", *rows]), encoding="utf-8")
    return path


def test_the_command_prints_what_the_function_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = market(2, practices=30, months=24)
    file = str(write(tmp_path / "panel.csv", counts))
    assert main(["forecast", "--panel", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["months"] == ["2026-01", "2026-02", "2026-03"]
    by_id = {row["practice_id"]: row for row in told["rows"]}
    made = forecast(counts)
    assert by_id["p7"]["referrals"] == pytest.approx(made.total[7], abs=0.006)
    assert by_id["p7"]["low_80"] == made.total_intervals[0].low[7]
    assert by_id["p7"]["months"][2]["high_95"] == made.month_intervals[1].high[7, 2]
    assert sum(month["referrals"] for month in by_id["p7"]["months"]) == pytest.approx(made.total[7], abs=0.02)


def test_several_panels_are_several_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(write(tmp_path / f"{n}.csv", market(n, practices=5 + n, months=14))) for n in range(2)]
    assert main(["forecast", "--panel", files[0], "--panel", files[1], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [len(result["rows"]) for result in told["results"]] == [5, 6]
