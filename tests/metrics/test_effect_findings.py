"""What the pages of the effect say: only what an interval carries, and never a number that was refused."""

import pytest

from liaison.fieldwork.waits import Measured
from liaison.metrics.findings import effect as says
from liaison.metrics.findings import summary

Told = dict[str, object]


def step(part: str, first: int, last: int | None, value: float, half: float | None) -> Told:
    low, high = (None, None) if half is None else (value - half, value + half)
    return {"part": part, "first": first, "last": last, "value": value, "low": low, "high": high}


def told(low: float, high: float, says_: str = "30 more referrals came.") -> Told:
    return {"incremental": {"value": (low + high) / 2, "low": low, "high": high}, "at_most": None, "says": says_}


def test_the_sentence_is_the_engines_with_true_minus_signs() -> None:
    said = told(-5, 65, "These data cannot tell yet: between -5 and +65.")
    assert says.effect_headline(said, whole=True) == "These data cannot tell yet: between \u22125 and +65"
    assert says.typeset("Callaway-Sant'Anna says -5%, not 2025-10") == "Callaway-Sant'Anna says \u22125%, not 2025-10"


def test_some_months_alone_do_not_say_that_there_is_no_effect() -> None:
    assert says.effect_headline(told(-391, 3107), whole=False) == (
        "These months alone cannot tell: between \u2212391 and +3,107 referrals"
    )
    assert says.effect_headline(told(10, 50), whole=False) == "30 more referrals came"


def test_a_refusal_leads_with_the_check_that_decided_it() -> None:
    checks = [
        {"decisive": False, "state": "failed", "says": "Amber."},
        {"decisive": True, "state": "held", "says": "Fine."},
        {"decisive": True, "state": "failed", "says": "Only 27 practices are there; 30 are needed."},
    ]
    refused = {"incremental": None, "at_most": None, "says": "", "checks": checks}
    assert says.effect_headline(refused, whole=True) == (
        "There is no number: only 27 practices are there; 30 are needed"
    )
    bound = {**refused, "at_most": 40.0, "says": "At most 40 referrals (12%)."}
    assert says.effect_headline(bound, whole=True) == "At most 40 referrals (12%)"


def test_a_lag_is_told_only_where_its_interval_is_above_zero() -> None:
    nothing = [step("before", -6, -1, 0.3, 0.1), step("covered", 1, 2, 0.05, 0.1), step("apart", 1, 2, 0.4, None)]
    assert says.lag_finding(nothing) == "No stretch of months shows it by itself"
    rising = [*nothing, step("covered", 3, 5, 0.13, 0.08), step("covered", 6, 8, 0.18, 0.1)]
    assert says.lag_finding(rising) == (
        "It shows from month 3 after the visit on, and is largest 6 to 8 months after the visit (+18%)"
    )
    faded = [*rising, step("covered", 18, None, 0.07, 0.12)]
    assert says.lag_finding(faded).endswith("; from month 18 on it is not clear of zero")


def test_months_since_the_visit_in_words() -> None:
    assert [says.months_since(*m) for m in ((-6, -1), (1, 2), (6, 6), (18, None))] == [
        "6 to 1 before", "1 to 2", "6", "18 and later",
    ]  # fmt: skip
    assert [says.months_short(*m) for m in ((-6, -1), (1, 2), (18, None))] == ["before", "1\u20132", "18+"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (150.0, 900.0, "The margin exceeds the cost over the whole interval"),
        (-50.0, 90.0, "The cost exceeds the margin over the whole interval"),
        (-50.0, 900.0, "Whether it pays is open: \u2212$50 to $900 of margin for $100"),
    ],
)
def test_money_pays_only_where_the_whole_interval_does(low: float, high: float, said: str) -> None:
    assert says.money_finding({"low": low, "high": high, "cost_covered": 100.0}) == said


def test_months_that_show_it_alone_are_counted() -> None:
    months = [{"incremental": {"low": low, "high": high}} for low, high in ((1, 5), (-2, 4), (-6, -1))]
    assert says.monthly_finding(months) == "Alone, 1 of 3 months show more than none, below it in 1"
    assert says.monthly_finding(months[:1]) == "The effect was above zero in every month"


def test_checks_are_counted_and_failures_come_first() -> None:
    states = ["held", "failed", "held", "not_testable"]
    checks = [{"name": str(n), "state": state, "decisive": n == 2} for n, state in enumerate(states)]
    assert says.checks_finding(checks) == "2 checks held, 1 failed, 1 cannot be tested"
    assert [check["name"] for check in says.in_order(checks)] == ["1", "3", "2", "0"]


def test_parts_are_never_told_from_another_by_chance() -> None:
    rows: list[Told] = [{"shrunk": {"low": 0.0, "high": 0.2}}, {"shrunk": {"low": 0.15, "high": 0.3}}, {"shrunk": None}]
    assert says.parts_finding(rows, "liaison") == "By liaison: none can be told from another"
    rows.append({"shrunk": {"low": 0.21, "high": 0.4}})
    assert says.parts_finding(rows, "liaison") == "By liaison: some differ by more than chance"
    assert says.parts_finding([{"shrunk": None}], "purpose") == "By purpose: too few to tell apart"


def test_a_simple_chart_is_held_against_the_measured_lift() -> None:
    simple = {"value": 24.0, "usual": 100.0}
    assert says.simple_finding({"value": 0.10}, simple) == ("A simple chart would have said +24%, 14 points too much")
    assert says.simple_finding(None, simple) == "A simple chart would have claimed +24%, without any comparison"


def test_wins_and_risks_name_the_practice_and_how_sure_it_is() -> None:
    assert summary.changed("Elm Street", "lapse", -4.2, 0.934) == (
        "**Elm Street** stopped: \u22124.2 referrals a month, 93% likely to be real"
    )
    assert summary.changed("Oak", "return", 12.0, 0.999).endswith("+12 referrals a month, over 99% likely to be real")


def test_a_plan_promises_nothing_where_no_effect_is_shown() -> None:
    shown = summary.plan_sentence(107, "433", "97", "769", ["Elm", "Oak"], shown=True)
    assert shown == (
        "See the first 107 of the list, beginning with Elm and Oak. One visit each should bring about "
        "**433 referrals**, 97 to 769."
    )
    assert "do not show an effect" in summary.plan_sentence(107, "433", "97", "769", [], shown=False)


def test_the_next_quarter_says_what_can_be_made_and_what_it_brings() -> None:
    assert summary.quarter_title("Jan to Mar", (1356.2, 812.0)) == (
        "Next quarter, Jan to Mar: 812 of the 1,356 visits needed can be made"
    )
    assert summary.quarter_title("Jan to Mar", (80.2, 80.4)).endswith("there is time for the 80 visits needed")
    assert "Nobody is in charge of a practice. 3 visits were made" in summary.quarter_said(0, 3, 0, 0)
    total = {"value": 40.0, "low": 5.0, "high": 75.0}
    assert summary.more_says(70, 70, 60, (40, 80), total) == (
        "70 of these visits would go to measured practices; that is 10 more than in the last quarter and would bring "
        "**+40 referrals**, +5 to +75."
    )
    assert summary.more_says(200, 80, 60, (40, 80), {**total, "low": -5.0}) == (
        "200 of these visits would go to measured practices, more than any quarter in the data held (80); of more "
        "nothing is known. 80 are 20 more than in the last quarter: these data cannot tell what that changes, "
        "\u22125 to +75 referrals."
    )
    assert summary.more_says(60, 60, 60, (40, 80), total).endswith(
        "as many as in the last quarter: nothing changes by them."
    )


def test_access_is_said_with_day_and_source() -> None:
    rows = (Measured("Neurology", 41, "2026-11-02", "access office"), Measured("Cardiology", 1, "2026-06-30", None))
    assert summary.access(rows, {"Cardiology"}) == "Access: in 1 of 1 service line new patients wait over 28 days"
    assert summary.waits(rows, {"Cardiology"}) == (
        "Days to the third next available appointment, as measured: Neurology 41 (2 Nov 2026, access office); "
        "Cardiology 1 (30 Jun 2026, no source given), over three months ago."
    )
    none_long = summary.access(rows[1:], ())
    assert none_long == "Access: no new patient waits over 28 days in 1 service line measured lately"
    assert summary.access(rows, {"Neurology", "Cardiology"}) == "Access: no wait was measured in the last three months"
