"""The list as people get it: what it finds, what it says, and that it cannot see the future."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as asked
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.worlds import BY_NAME, PLAIN, Market, draw
from liaison.cli.main import main
from liaison.errors import LiaisonError
from liaison.models.panel import Panel, month_name
from liaison.models.ranking import Given, rank
from liaison.models.ranking.beside import captured, plain_lists
from liaison.models.ranking.fit import Measured


@cache
def market(world: str = PLAIN.name, seed: int = 7, effect: bool = True) -> Market:
    return draw(BY_NAME[world], seed, 150, effect=effect)


@pytest.mark.parametrize("world", ["level", "mature", "shrinking market"])
def test_the_list_brings_more_than_the_biggest_first(world: str) -> None:
    made = market(world)
    ours = captured(rank(made.panel).fitted.gain, made.truth.extra, 15)
    assert ours > captured(plain_lists(made.panel, 1)["volume"], made.truth.extra, 15)
    assert ours > 0.8


@settings(max_examples=8, deadline=None)
@asked(st.integers(0, 2**32 - 1), st.integers(20, 34))
def test_scrambling_the_future_leaves_the_list_as_it_was(seed: int, place: int) -> None:
    panel = market().panel
    chance, month = np.random.default_rng(seed), panel.months[place]
    later = np.asarray(panel.months) > month

    def scrambled(values: np.ndarray) -> np.ndarray:
        return np.where(later, chance.permuted(values, axis=0) * chance.integers(0, 9), values)

    changed = replace(
        panel,
        referrals_in=scrambled(panel.referrals_in),
        referrals_out=scrambled(panel.referrals_out),
        visits=scrambled(panel.visits),
        visit_randomised=scrambled(panel.visit_randomised),
    )
    assert rank(changed, month).rows == rank(panel, month).rows == rank(panel.until(month)).rows


def test_the_same_panel_gives_the_same_list_to_the_last_digit() -> None:
    assert rank(market().panel).rows == rank(market().panel).rows


def test_where_visits_do_nothing_zero_stays_possible() -> None:
    ranked = rank(market(effect=False).panel)
    assert ranked.evidence.says.startswith("These data do not show an effect: between")
    assert all(row.low <= 0 < row.high for row in ranked.rows)


def test_without_visits_the_prior_is_used_and_named() -> None:
    panel = market().panel
    ranked = rank(replace(panel, visits=np.zeros_like(panel.visits)))
    assert ranked.evidence.used == pytest.approx(0.12)
    assert "no visits in these data" in ranked.evidence.says
    assert ranked.rows[0].low <= 0


def test_practices_whose_elsewhere_is_not_seen_are_not_buried() -> None:
    made = market("received only")
    ranked = rank(made.panel)
    assert captured(ranked.fitted.gain, made.truth.extra, 15) > 0.75
    says = [reason.says for reason in ranked.rows[0].reasons]
    assert "we cannot see what it sends elsewhere" in says


def test_reasons_are_the_factors_in_words() -> None:
    panel = market().panel
    ranked = rank(panel)
    for row in ranked.rows:
        assert 1 <= len(row.reasons) <= 3
        given = [reason.contribution for reason in (*row.reasons, *row.against)]
        assert len({reason.factor for reason in (*row.reasons, *row.against)}) == len(given)
    best = ranked.rows[0]
    typical = ranked.fitted.factors.typical["forecast"]
    sends = ranked.fitted.factors.forecast[panel.practices.index(best.practice_id)]
    assert any(r.says.startswith(f"sends about {sends:.0f} a month") for r in best.reasons)
    assert sends > typical


def test_values_handed_in_take_the_place_of_own_ones() -> None:
    panel = market().panel
    flat = np.full((len(panel), 6), 2.0)
    ranked = rank(panel, given=Given(forecast=flat, lift=Measured(0.2, 0.0001)))
    assert ranked.fitted.factors.forecast == pytest.approx(np.full(len(panel), 2.0))
    assert ranked.evidence.used == pytest.approx(0.2, abs=1e-3)


def test_by_margin_the_list_is_of_money() -> None:
    panel = market().panel
    plain, dear = rank(panel), panel.practices[3]
    margin = dict.fromkeys(panel.practices, 100.0) | {dear: 900.0}
    ranked = rank(panel, given=Given(margin=margin))
    gains = {row.practice_id: row.gain for row in ranked.rows}
    before = {row.practice_id: row.gain for row in plain.rows}
    assert gains[dear] == pytest.approx(900 * before[dear])
    row = next(row for row in ranked.rows if row.practice_id == dear)
    assert "a referral earns 900, typical is 101" in [r.says for r in row.reasons]
    with pytest.raises(LiaisonError, match=f"Practice {dear} has no margin"):
        rank(panel, given=Given(margin={p: 1.0 for p in panel.practices if p != dear}))


@pytest.mark.parametrize("case", ["one practice", "nothing ever came", "visited every month", "no covariates"])
def test_odd_panels_are_ranked_too(case: str) -> None:
    panel = market().panel
    match case:
        case "one practice":
            panel = Panel(
                panel.practices[:1],
                panel.months,
                panel.referrals_in[:1],
                panel.referrals_out[:1],
                panel.visits[:1],
                panel.visit_randomised[:1],
                panel.covariates.iloc[:1],
            )
        case "nothing ever came":
            panel = replace(panel, referrals_in=np.zeros_like(panel.referrals_in))
        case "visited every month":
            panel = replace(panel, visits=np.ones_like(panel.visits))
        case "no covariates":
            panel = replace(panel, covariates=pd.DataFrame(index=panel.covariates.index))
    ranked = rank(panel)
    assert len(ranked.rows) == len(panel)
    assert all(
        np.isfinite([row.gain, row.low, row.high]).all() and row.low <= row.gain <= row.high for row in ranked.rows
    )


def test_groups_are_not_told_apart_on_few_visits() -> None:
    ranked = rank(market().panel)
    assert "visits are too few" in ranked.evidence.groups
    assert (ranked.fitted.factors.group == 1).all()


def test_five_months_are_refused_with_a_remedy() -> None:
    panel = market().panel
    with pytest.raises(LiaisonError, match="5 months up to 2023-05; a ranking needs 6") as refused:
        rank(panel, panel.months[4])
    assert refused.value.remedy
    with pytest.raises(LiaisonError, match="The panel ends with 2025-12"):
        rank(panel, panel.months[-1] + 1)


def written(panel: Panel, path: Path) -> Path:
    rows = pd.DataFrame(
        {
            "practice_id": np.repeat(panel.practices, len(panel.months)),
            "month": [month_name(m) for m in panel.months] * len(panel),
            "referrals_in": panel.referrals_in.ravel().astype(int),
            "referrals_out": panel.referrals_out.ravel().astype(int),
            "visits": panel.visits.ravel().astype(int),
        }
    )
    covariates = panel.covariates.reset_index()
    rows.merge(covariates, on="practice_id").to_csv(path, index=False)
    return path


def test_the_command_prints_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(market().panel, tmp_path / "panel.csv"))
    assert main(["rank", "--panel", path, "--top", "5", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert set(one) == {"model", "as_of", "level", "evidence", "rows"}
    assert (one["as_of"], one["level"], len(one["rows"])) == ("2025-12", 0.95, 5)
    assert set(one["rows"][0]) >= {"practice_id", "rank", "gain", "low", "high", "reasons"}
    expected = rank(market().panel).rows[0]
    assert (one["rows"][0]["practice_id"], one["rows"][0]["gain"]) == (expected.practice_id, round(expected.gain, 4))
    assert main(["rank", "--panel", path, "--panel", path, "--as-of", "2025-06", "--json"]) == 0
    two = json.loads(capsys.readouterr().out)["results"]
    assert [result["as_of"] for result in two] == ["2025-06", "2025-06"]
    assert main(["rank", "--panel", path, "--top", "1", "--checks", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert len(checks["forecast"]["tenths"]) == 10
    assert checks["thirds"]["rows"][0]["label"] == "highest third of the score"
    assert main(["rank", "--panel", path, "--top", "1"]) == 0
    assert "sends about" in capsys.readouterr().out


def test_the_command_refuses_a_bad_panel_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("practice_id,month,referrals_in,visits\nelm,2026-01,many,0\n", encoding="utf-8")
    assert main(["rank", "--panel", str(path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["error"]
    assert told["where"] == "panel.csv, row 2, column referrals_in"
