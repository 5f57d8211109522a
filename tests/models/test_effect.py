"""The estimate as people get it: what it finds, when it refuses, and that its parts add up to the same figure."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from benchmarks.worlds import BY_NAME, PLAIN, Chosen, Market, draw
from liaison.models.effect import Cost, Effect, Interval, Line, as_json, effect
from liaison.models.effect.checks import Second, State, growing
from liaison.models.effect.choosing import Choice
from liaison.models.effect.naive import BeforeAfter
from liaison.models.effect.placebo import FOLLOWS, Placebo, Rise
from liaison.models.effect.question import Asked
from liaison.models.effect.telling import Telling
from liaison.models.effect.words import headline, naive_says
from liaison.models.event_time import second_methods
from liaison.models.panel import Panel

LISTED = replace(PLAIN, name="list", chosen=Chosen.listed)


@cache
def market(world: str = "random", effect: bool = True, lots: float = 0.0, strong: bool = False) -> Market:
    of = LISTED if world == "list" else BY_NAME[world]
    if strong:
        of = replace(of, low_lift=0.5, high_lift=0.7)
    return draw(of, 7, 300, effect=effect, random_slots=lots)


@cache
def found(world: str = "random", effect_there: bool = True, lots: float = 0.0, strong: bool = False) -> Effect:
    return effect(market(world, effect_there, lots, strong).panel)


def state(of: Effect, name: str) -> str:
    return next(check.state.value for check in of.checks if check.name == name)


def truth(made: Market, of: Effect) -> float:
    return float((made.truth.with_visits - made.truth.without)[of.cells].sum())


def test_a_strong_effect_is_found_and_its_interval_holds_the_truth() -> None:
    made, of = market(strong=True), found(strong=True)
    assert of.incremental is not None
    assert of.incremental.low > 0
    assert of.incremental.low <= truth(made, of) <= of.incremental.high
    assert "more referrals came than without visits, between" in of.says


@pytest.mark.parametrize("world", ["random", "list", "shrinking market", "loyal"])
def test_where_visits_did_nothing_none_is_claimed(world: str) -> None:
    of = found(world, effect_there=False)
    assert of.verdict == "refused" or (of.incremental is not None and of.incremental.covers_zero)


def test_a_shrinking_market_is_no_harm_though_a_simple_chart_says_so() -> None:
    of = found("shrinking market", effect_there=False)
    assert of.naive is not None
    assert of.naive.value / of.naive.usual < -0.15
    assert abs(of.interval()[1].value) < 0.1


@pytest.mark.parametrize("world", ["growth", "level"])
def test_practices_that_grew_already_get_a_bound_and_no_number(world: str) -> None:
    of = found(world)
    told = as_json(of)
    assert (told["verdict"], told["incremental"], told["baseline"], told["money"]) == ("refused", None, None, None)
    assert state(of, "already_growing") == "failed"
    assert told["says"].startswith("At most ")
    assert told["at_most"] >= truth(market(world), of)
    assert "Let a share of slots fall by lot" in told["reasons"][0]
    assert of.worth([Line("all", 1.0, 100.0)], 1000.0) is None


def test_visits_by_lot_answer_where_practices_grew_already() -> None:
    of = found("growth", lots=0.15)
    assert of.by_lot
    assert (of.verdict, of.asked) == ("estimate", Asked.by_lot)
    assert of.says.startswith(f"{of.lots.slots if of.lots else 0} visits by lot brought")
    made = market("growth", lots=0.15)
    assert of.incremental is not None
    assert int((made.panel.visit_randomised[:, 6:-1] > 0).sum()) == (of.lots.slots if of.lots else 0)


def test_fewer_than_fifty_slots_by_lot_are_not_shown() -> None:
    panel = market().panel
    few = np.zeros(panel.visits.shape)
    drawn = np.argwhere(panel.visited[:, 12:30])[:49]
    few[drawn[:, 0], drawn[:, 1] + 12] = 1
    assert effect(replace(panel, visit_randomised=few)).lots is None


def test_practices_in_decline_are_said_to_be_and_not_refused() -> None:
    of = found("decline")
    assert (of.verdict, state(of, "already_falling")) == ("estimate", "failed")


def test_a_programme_as_old_as_the_data_is_asked_for_one_more_visit() -> None:
    of = found("mature")
    assert of.measured.question.asked is Asked.one_more
    assert of.volume_already > 0.5
    assert as_json(of)["question"].startswith("What does one more visit bring")


def test_a_mature_programme_is_refused_for_want_of_practices_that_stayed_cold() -> None:
    of = found("mature")
    panel, asked = of.measured.panel, of.measured.question
    stayed = 0
    for practice in range(len(panel)):
        visits = np.flatnonzero(panel.visited[practice])
        # Seen twice before, six months without a visit, and none in the month and the six after it.
        stayed += any(
            (visits < month).sum() >= 2
            and not ((visits >= month - 6) & (visits <= min(month + 6, 35))).any()
            and month + 3 < 36
            for month in range(6, 36)
        )
    assert stayed == of.measured.peers < 30
    assert asked.asked is Asked.one_more
    assert f"Only {stayed} practices that had been visited as often were cold and stayed so" in " ".join(of.reasons)


def test_a_log_that_starts_late_is_asked_for_one_more_visit_and_says_since_when() -> None:
    panel = market("late log").panel
    of = effect(panel, known_from=panel.months[12])
    assert of.measured.question.asked is Asked.one_more
    late = next(check for check in of.checks if check.name == "late_log")
    assert late.state.value == "failed"
    assert "all on record since Jan 2024 only" in late.says
    month = np.nonzero(of.measured.question.begins)[1]
    assert month.min() >= 18


def test_parts_of_the_time_add_up_to_the_whole() -> None:
    panel, whole = market().panel, found().interval()[0].value
    middle = panel.months[20]
    first, second = (
        effect(panel, window=w).interval()[0].value for w in ((panel.months[0], middle), (middle + 1, panel.months[-1]))
    )
    assert first + second == pytest.approx(whole)
    told = as_json(found())
    assert sum(row["incremental"]["value"] for row in told["monthly"]) == pytest.approx(whole, abs=0.1)
    assert sum(row["incremental"]["value"] for row in told["lag"]) == pytest.approx(whole, abs=0.1)
    assert sum(row["observed"] for row in told["lag"]) == float(panel.referrals_in[found().cells].sum())


def test_a_practice_beyond_the_sizes_of_the_others_is_not_in_the_headline() -> None:
    panel = market().panel
    giant = int(np.flatnonzero(panel.visited.any(axis=1))[0])
    sent = panel.referrals_in.copy()
    sent[giant] = sent[giant] * 40 + 500
    of = effect(replace(panel, referrals_in=sent))
    assert panel.practices[giant] in found().covered
    assert panel.practices[giant] not in of.covered


def test_too_few_visited_or_too_few_left_is_refused_with_what_would_help() -> None:
    panel = market().panel
    seen = np.flatnonzero(panel.visited.any(axis=1))
    nobody = panel.visits.copy()
    nobody[seen[9:]] = 0
    few = effect(replace(panel, visits=nobody))
    assert few.verdict == "refused"
    assert any("visited practices have peers" in why and "10 are needed" in why for why in few.reasons)
    kept = np.r_[seen, np.flatnonzero(~panel.visited.any(axis=1))[:20]]
    alone = effect(_only(panel, kept))
    assert any("30 are needed" in why for why in alone.reasons)


def _only(panel: Panel, places: np.ndarray) -> Panel:
    parts = (panel.referrals_in, panel.referrals_out, panel.visits, panel.visit_randomised)
    inwards, outwards, visits, lots = (part[places] for part in parts)
    names = tuple(panel.practices[place] for place in places)
    return Panel(names, panel.months, inwards, outwards, visits, lots, panel.covariates.iloc[places])


@pytest.mark.parametrize("months", [1, 5, 36])
def test_without_visits_or_months_there_is_no_number_and_no_fault(months: int) -> None:
    panel = market().panel
    short = panel.until(panel.months[months - 1])
    for case in (short, replace(short, visits=np.zeros_like(short.visits)), _only(short, np.arange(1))):
        told = as_json(effect(case)) if months < 36 or not case.visited.any() or len(case) == 1 else None
        assert told is None or (told["verdict"], told["incremental"]) == ("refused", None)
        assert told is None or told["reasons"]


def test_nothing_sent_at_all_is_no_fault() -> None:
    panel = market().panel
    told = as_json(effect(replace(panel, referrals_in=np.zeros_like(panel.referrals_in))))
    assert told["incremental"] is None or told["incremental"]["low"] <= 0 <= told["incremental"]["high"]


def test_the_same_panel_gives_the_same_answer_in_any_order() -> None:
    panel = market().panel
    order = np.random.default_rng(1).permutation(len(panel))
    first, second = found().interval()[0], effect(_only(panel, order)).interval()[0]
    assert first.value == pytest.approx(second.value)
    assert first.high == pytest.approx(second.high)


def test_parts_need_thirty_practices_and_are_held_to_the_whole() -> None:
    panel = market().panel
    labels = np.where(np.arange(len(panel)) < 20, "few", np.where(np.arange(len(panel)) % 2, "odd", "even"))
    told = {part.name: part for part in effect(panel, by={"liaison": labels.tolist()}).parts}
    assert told["few"].lift is None
    assert "too few to tell apart" in told["few"].says
    odd, even = told["odd"], told["even"]
    assert odd.lift is not None
    assert odd.held is not None
    assert even.lift is not None
    assert even.held is not None
    apart, held = abs(odd.lift.value - even.lift.value), abs(odd.held.value - even.held.value)
    assert held < apart


def test_money_is_of_covered_visits_only() -> None:
    of = found(strong=True)
    worth = of.worth([Line("all", 1.0, 500.0)], 90_000.0)
    assert worth is not None
    assert of.incremental is not None
    covered = [of.measured.panel.practices.index(name) for name in of.covered]
    assert worth.cost.covered == int(of.measured.panel.visits[covered].sum())
    assert worth.cost.visits == int(of.measured.panel.visits.sum())
    assert worth.margin.value == pytest.approx(500 * of.incremental.value)
    assert worth.margin.low == pytest.approx(500 * of.incremental.low)
    assert isinstance(worth.cost, Cost)


def test_a_second_method_far_off_is_shown_with_the_reason_and_never_averaged() -> None:
    panel = market().panel
    alone = found().interval()[0]
    of = effect(panel, second=(Second("Imputation", 0.9, 0.01),))
    check = next(check for check in of.checks if check.name == "second_method")
    assert check.state.value == "failed"
    assert not check.refuses
    assert "+90%" in check.says
    assert of.interval()[0] == alone


def test_cannot_tell_yet_says_when() -> None:
    zero, lift = Interval.of(10.0, 20.0, 0.95), Interval.of(0.05, 0.1, 0.95)
    words = headline(zero, lift, 0.8, Telling(False, 24_312))
    assert words == (
        "These data cannot tell yet: between -29 and +49. If visits bring 12% more, it should show from Jan 2026 on."
    )
    assert "would not show within three years" in headline(zero, lift, 0.8, Telling(False, None))
    shown = headline(zero, lift, 0.3, Telling(True, 24_300))
    assert shown.startswith("These data show no effect: between -29 and +49, for the 30% of visited volume")


def test_a_short_panel_can_tell_later_than_its_last_month() -> None:
    panel = market().panel
    told = effect(panel.until(panel.months[16])).told
    assert not told.able
    assert told.month is None or told.month > panel.months[16]
    assert found().told.able


def test_the_simple_chart_is_explained_in_two_sentences() -> None:
    words = naive_says(BeforeAfter(300.0, 50.0, 2000.0, 180.0, 40), 100.0, 2220.0)
    assert words == (
        "A chart of six months before against all months after would have said +300 (+15%). Of the +200 between that "
        "and the measured figure the market moved +180, and +20 is that practices had a weak half year, and rose with "
        "or without a visit."
    )


def test_growth_is_told_by_the_way_that_shows_it() -> None:
    of = found("growth").measured
    plain, leaning, sure = Rise(0.15, 0.05, 60), Rise(0.09, 0.06, 60), Rise(0.25, 0.05, 60)
    nothing = Rise(0.01, 0.05, 60)
    chance, followed = Choice(0.1, 0.5, 80), Choice(1.0, 0.5, 80)
    assert growing(of, Placebo(plain, nothing, chance)).refuses
    both = growing(of, Placebo(leaning, sure, chance))
    assert both.refuses
    assert "9% more than their history and the market let expect, give or take 6%, and 25% more than" in both.says
    assert not growing(of, Placebo(nothing, sure, chance)).refuses  # a list made from a lucky half year
    assert not growing(of, Placebo(Rise(0.05, 0.01, 60), nothing, chance)).refuses  # sure, and little
    barely = Rise(0.04, 0.05, 60)
    assert not growing(of, Placebo(barely, sure, chance)).refuses
    all_three = growing(of, Placebo(barely, sure, followed))
    assert all_three.refuses
    assert "whom to see first followed what had just come" in all_three.says
    assert not growing(of, Placebo(nothing, sure, followed)).refuses  # the plain way does not lean to it


def test_whom_a_team_chose_shows_in_whom_it_saw_first() -> None:
    assert found("growth").back.chosen.above(FOLLOWS)
    assert found("decline").back.chosen.odds < -FOLLOWS * found("decline").back.chosen.error
    assert not found("random").back.chosen.above(FOLLOWS)


def test_a_refusal_prints_no_lift_anywhere() -> None:
    refused = found("growth")
    alone = next(check for check in refused.checks if check.name == "no_practice_alone")
    assert (alone.state, alone.says) == (State.not_testable, "There is no number to leave a practice out of.")
    assert second_methods(refused) == {"checks": [], "studies": {}}


def test_a_window_is_not_told_of_as_all_months() -> None:
    open_ends, lift = Interval(5.0, -10.0, 20.0, 0.95), Interval(0.01, -0.02, 0.04, 0.95)
    assert headline(open_ends, lift, 0.9, None) == "These months alone cannot tell: between -10 and +20."
    assert "show no effect" in headline(open_ends, lift, 0.9, Telling(True, None))
    every = found("random")
    first, last = every.window
    assert every.every_month
    assert not replace(every, window=(first + 1, last)).every_month


def test_every_check_is_a_sentence() -> None:
    for world in ("random", "growth", "mature", "few"):
        for check in found(world).checks:
            assert check.says.endswith(".")
            assert check.says[0].isupper() or check.says[0].isdigit()
            assert not check.refuses or check.cure


def test_staying_unvisited_by_bad_luck_is_no_gain() -> None:
    """Teams that visit whoever does well leave the unlucky as comparison: without weights, 3 to 5 points too much."""
    errors = []
    for seed in range(40, 52):
        made = draw(BY_NAME["growth"], seed, 300, effect=False)
        of = effect(made.panel)
        whole = of.measured.whole
        errors.append(whole.lift)
    assert abs(float(np.mean(errors))) < 0.03


def test_unknown_covariates_are_no_fault() -> None:
    panel = market().panel
    bare = replace(panel, covariates=pd.DataFrame(index=panel.covariates.index))
    assert effect(bare).verdict in ("estimate", "refused")
    holes = panel.covariates.assign(size=np.nan)
    assert effect(replace(panel, covariates=holes)).verdict in ("estimate", "refused")
