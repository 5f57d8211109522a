"""What was put into the market can be found in its files."""

import pandas as pd
import pytest

from tests.demo.conftest import Built


@pytest.fixture(scope="module")
def rows(market: Built) -> pd.DataFrame:
    """Referrals with their month and, where the name is given as practices are named, their practice."""
    rows = market.referrals()
    spelled = {
        name: practice["practice_id"]
        for practice in market.records("practices")
        for name in (practice["name"], practice["name"].upper(), practice["aliases"], practice["practice_id"])
    }
    day = pd.to_datetime(rows["created_on"])
    return rows.assign(
        practice=rows["referring_practice"].map(spelled),
        month=day.dt.strftime("%Y-%m"),
        to_schedule=(pd.to_datetime(rows["scheduled_on"]) - pd.to_datetime(rows["received_on"])).dt.days,
    )


def leak(rows: pd.DataFrame) -> float:
    return float((rows["network_status"] == "out").sum() / rows["network_status"].isin(["in", "out"]).sum())


def test_a_competitors_opening_takes_the_line_in_its_area(market: Built, rows: pd.DataFrame) -> None:
    opening = market.truth["shapes"]["opening"]
    ordered = rows[(rows["vantage"] == "ordered") & (rows["service_line"] == opening["service_line"])]
    near = ordered["practice"].isin(opening["practices"])
    late = pd.Period(opening["month"], "M") + 4
    before, after = ordered["month"] < opening["month"], ordered["month"] >= str(late)
    assert leak(ordered[near & after]) > leak(ordered[near & before]) + 0.2
    assert abs(leak(ordered[~near & after]) - leak(ordered[~near & before])) < 0.06
    taken = ordered[near & after & (ordered["network_status"] == "out")]["destination_organisation"].dropna()
    assert (taken == "Northgate Heart Pavilion").mean() > 0.6


def test_declining_practices_decline_and_the_others_do_not(market: Built, rows: pd.DataFrame) -> None:
    shapes = market.truth["shapes"]
    declining = shapes["roles"]["declining"]
    steady = {*market.csv("practices")["practice_id"]} - {p for names in shapes["roles"].values() for p in names}
    year, last = rows["month"].between("2024-11", "2025-10"), rows["month"] >= "2026-07"  # before, the last four months

    def a_month_now(practices: set[str]) -> float:
        mine = rows["practice"].isin(practices)
        return float((mine & last).sum() / 4 / ((mine & year).sum() / 12))

    assert shapes["decline"]["from"] == "2025-11"
    assert a_month_now(set(declining)) < 0.55
    assert 0.9 < a_month_now(steady) < 1.2


@pytest.mark.parametrize(
    ("role", "quiet", "busy"),
    [
        ("new", ("2023-11", "2026-07"), ("2026-08", "2026-10")),
        ("lapsed", ("2026-08", "2026-10"), ("2025-07", "2026-07")),
        ("returning", ("2026-03", "2026-08"), ("2026-09", "2026-10")),
        ("prospect", ("2023-11", "2026-10"), None),
    ],
)
def test_roles_of_the_continuum_hold(
    market: Built, rows: pd.DataFrame, role: str, quiet: tuple[str, str], busy: tuple[str, str] | None
) -> None:
    for practice in market.truth["shapes"]["roles"][role]:
        mine = rows[rows["practice"] == practice]["month"]
        assert not mine.between(*quiet).any()
        assert busy is None or len(mine) < 5 or mine.between(*busy).any()
    assert market.truth["shapes"]["roles"][role]


def test_a_one_time_practice_refers_in_one_month_of_the_last_six_at_most(market: Built, rows: pd.DataFrame) -> None:
    for practice in market.truth["shapes"]["roles"]["one_time"]:
        mine = rows[(rows["practice"] == practice) & (rows["month"] >= "2026-05")]
        assert mine["month"].nunique() <= 1


def test_the_stuck_line_waits_longer_and_longer(market: Built, rows: pd.DataFrame) -> None:
    stuck = market.truth["shapes"]["stuck"]
    line = rows["service_line"] == stuck["service_line"]
    before, after = rows["month"] < stuck["from"], rows["month"].between("2026-03", "2026-08")
    wait = rows["to_schedule"]
    assert wait[line & after].median() > 2 * wait[line & before].median()
    assert abs(wait[~line & after].median() - wait[~line & before].median()) <= 1
    expired = rows["exit"] == "expired"
    assert expired[line & after].mean() > 4 * expired[~line & after].mean()


def test_recent_referrals_are_still_open(rows: pd.DataFrame) -> None:
    inside = rows[rows["network_status"] == "in"]
    ended = inside["closed_on"].notna() | inside["exit"].notna() | inside["seen_on"].notna()
    assert ended[inside["month"] == "2026-10"].mean() < 0.4
    assert ended[inside["month"] == "2026-01"].mean() > 0.95


def test_the_market_grows_and_has_seasons(rows: pd.DataFrame) -> None:
    year = rows.groupby(rows["month"].lt("2024-11")).size()
    last = (rows["month"] >= "2025-11").sum()
    assert 1.03 < last / year[True] < 1.25
    lungs = rows[rows["service_line"] == "pulmonology"]["month"].str[5:]
    assert lungs.isin(["12", "01", "02"]).sum() > 1.15 * lungs.isin(["06", "07", "08"]).sum()


def test_practices_are_loyal_split_or_elsewhere(market: Built) -> None:
    shares = [1 - p["value"] for p in market.truth["leakage"]["practice"].values() if p["denominator"] >= 30]
    loyal, elsewhere = sum(s >= 0.8 for s in shares), sum(s <= 0.2 for s in shares)
    assert loyal > 0.2 * len(shares)
    assert elsewhere > 0.04 * len(shares)
    assert len(shares) - loyal - elsewhere > 0.2 * len(shares)


def test_closed_lists_hold_their_words(rows: pd.DataFrame) -> None:
    assert set(rows["exit"].dropna()) == {"declined", "cancelled", "no_show", "expired"}
    assert set(rows["network_status"].dropna()) == {"in", "out", "unknown"}
    assert set(rows["priority"].dropna()) == {"routine", "urgent", "stat"}
    assert set(rows["vantage"]) == {"ordered", "received"}
    assert 0.05 < rows["network_status"].isna().mean() < 0.25
    assert rows[rows["network_status"] == "in"]["out_of_network_reason"].isna().all()


def test_urgent_referrals_are_seen_sooner(rows: pd.DataFrame) -> None:
    days = (pd.to_datetime(rows["seen_on"]) - pd.to_datetime(rows["created_on"])).dt.days
    by = days.groupby(rows["priority"]).median()
    assert by["stat"] < by["urgent"] < by["routine"]
