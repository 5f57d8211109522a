"""Programme effect and Executive summary: a figure, a refusal, nothing yet, older than the data; inputs on record."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from streamlit.testing.v1 import AppTest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.effected import bring_up_to_date
from liaison.metrics.findings import effect as says
from liaison.models.effect.what_if import Curve, what_if
from liaison.models.stored.effects import ALL, YEAR, EffectResult, effect_results, newest_effect
from liaison.store import reading, writing
from liaison.store.tables import (
    attendance,
    barrier,
    campaign,
    campaign_target,
    effect_result,
    effect_run,
    event,
    practice,
    version,
    waiting_time,
)
from liaison.ui.effect.asked import Found
from liaison.ui.effect.foot import file_of
from tests.ui.conftest import said

EFFECT, SUMMARY, DATA = "pages/prove/effect.py", "pages/prove/summary.py", "pages/operate/data.py"
App = Callable[..., AppTest]


@pytest.fixture
def estimated(estimated_market: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch) -> tuple[App, Home]:
    folder = tmp_path / "demo"
    shutil.copytree(estimated_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    return app, Home.open(Settings(home=folder))


def opened(app: App, page: str, **params: str) -> AppTest:
    test = app()
    test.switch_page(page)
    for name, value in params.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def read(home: Home) -> dict[str, EffectResult]:
    with reading(home.store) as connection:
        run = newest_effect(connection)
        assert run is not None
        return effect_results(connection, run.run_id)


def test_the_page_says_the_stored_figure_its_interval_and_every_check(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    told = read(home)[ALL].told
    page = opened(app, EFFECT)
    words = said(page)
    assert told["incremental"] is not None
    assert says.typeset(told["says"]).removesuffix(".") in words
    assert told["comparison"]["says"] in words
    tiles = {tile.label: tile for tile in page.metric}
    assert tiles["Extra referrals"].value == says.gain(told["incremental"]["value"])
    assert tiles["Extra referrals"].delta == says.reach(told["incremental"])
    assert words.count('role="listitem"') == len(told["checks"])
    assert "no league table" in words
    assert "are not measured" in words
    assert "made of: margins" in " ".join(each.label for each in page.expander)


@pytest.mark.parametrize(
    ("month", "when"),
    [("2027-04", "By Apr 2027 it should."), (None, "At this pace that takes more than three years.")],
)
def test_what_the_data_cannot_tell_yet_says_from_when_on_they_could(
    estimated: tuple[App, Home], month: str | None, when: str
) -> None:
    app, home = estimated
    told = read(home)[ALL].told
    assert told["can_tell"]["now"] is False
    with writing(home.store) as connection:
        as_told = json.dumps({**told, "can_tell": {"now": False, "month": month}})
        connection.execute(update(effect_result).where(effect_result.c.span == ALL).values(told=as_told))
    words = said(opened(app, EFFECT))
    assert "The data cannot tell yet" in words
    assert f"An effect of 12% would not show so far. {when}" in words


def test_a_part_of_the_months_has_its_own_figure_and_money(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    year = read(home)[YEAR].told
    page = opened(app, EFFECT, span="year")
    tiles = {tile.label: tile.value for tile in page.metric}
    assert tiles["Extra referrals"] == says.gain(year["incremental"]["value"])
    assert tiles["Margin for a dollar"] == says.per_dollar(year["money"]["return"])


def test_more_visits_are_answered_within_the_range_that_the_data_hold(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    with reading(home.store) as connection:
        run = newest_effect(connection)
    assert run is not None
    curve = Curve.of_json(run.beside["what_if"])
    page = opened(app, EFFECT)
    assert says.typeset(what_if(curve, curve.most).says) in said(page)
    assert f"The data hold quarters of {curve.fewest} to {curve.most}, and say nothing beyond" in said(page)
    page.number_input(key="what-if").set_value(curve.most + 1).run()
    assert not page.exception
    assert f"held {curve.fewest} to {curve.most} visits to measured practices, not {curve.most + 1}" in said(page)
    assert page.query_params["visits"] == str(curve.most + 1)
    assert "visits" not in opened(app, EFFECT, visits="many").query_params


def test_what_else_was_done_is_said_by_the_same_rules_where_there_are_records(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    assert "Events attended" in said(opened(app, EFFECT))
    with reading(home.store) as connection:
        own = list(connection.scalars(select(practice.c.practice_id).order_by(practice.c.practice_id)))
    row = {"raised_on": "2025-01-02", "kind": "access", "what": "slow", "resolved_on": "2025-11-03", "version": 1}
    with writing(home.store) as connection:
        for kind in (barrier, attendance, event, campaign_target, campaign):
            connection.execute(delete(kind))
        connection.execute(
            insert(barrier),
            [
                {**row, "key": name, "barrier_id": name, "practice_id": name, "resolution": "sped up"}
                for name in own[:4]
            ],
        )
        connection.execute(delete(effect_run))
        bare = {"service_line": "Neurology", "days": 41, "measured_on": "2026-11-02", "source": "access office"}
        connection.execute(insert(waiting_time).values(**bare, key="neurology", version=1))
    bring_up_to_date(home, lambda share, words: None)
    words = said(opened(app, EFFECT))
    assert "<strong>Barriers resolved.</strong> There is no number for practices that had a barrier resolved" in words
    assert "are needed" in words
    assert "Events attended" not in words
    assert "Neurology 41 (2 Nov 2026, access office)" in said(opened(app, SUMMARY))


def test_what_one_assumes_is_worked_out_from_what_is_typed(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    sent = read(home)[ALL].told["visited"]["referrals"]
    page = opened(app, EFFECT)
    assert "Fill all four in" in said(page)
    for name, value in {"lift": 10.0, "seen": 50.0, "margin": 400.0, "cost": 30_000.0}.items():
        page.number_input(key=f"assume-{name}-{ALL}").set_value(value)
    page.run()
    assert f"a lift of 10.0% on {sent:,} referrals, it is {sent * 0.1:,.0f} more referrals" in said(page)


def test_every_number_of_the_page_is_in_its_file_with_window_and_version(estimated: tuple[App, Home]) -> None:
    _, home = estimated
    with reading(home.store) as connection:
        run = newest_effect(connection)
    assert run is not None
    spans = read(home)
    told = spans[ALL].told
    rows = file_of(Found(run, spans, True, 0), spans[ALL])
    whole = rows[(rows["table"] == "effect") & (rows["row"] == "incremental")].iloc[0]
    assert (whole["value"], whole["low"]) == (told["incremental"]["value"], told["incremental"]["low"])
    assert set(rows["from"]) == {told["window"]["from"]}
    assert set(rows["data_version"]) == {run.data_version}
    assert (rows["table"] == "month").sum() == len(told["monthly"])
    assert (rows["table"] == "check").sum() == len(told["checks"])
    margins = rows[rows["table"] == "margin"]
    assert len(margins) == len(told["money"]["inputs"]["lines"])
    assert margins["source"].notna().all()
    assert rows[rows["table"] == "cost"]["value"].sum() == pytest.approx(told["money"]["cost_total"], abs=0.01)


def test_a_run_of_an_older_model_is_shown_without_what_it_has_not(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    with writing(home.store) as connection:
        run = newest_effect(connection)
        assert run is not None
        beside = {name: value for name, value in run.beside.items() if name not in ("what_if", "beyond")}
        connection.execute(update(effect_run).values(model="path-1", beside=json.dumps(beside)))
        for span, told in connection.execute(select(effect_result.c.span, effect_result.c.told)).all():
            held = {name: value for name, value in json.loads(told).items() if name != "visited"}
            connection.execute(update(effect_result).where(effect_result.c.span == span).values(told=json.dumps(held)))
    words = said(opened(app, EFFECT))
    assert "This estimate was made on" in words
    assert "What if there were" not in words


def test_an_estimate_of_older_data_says_so_and_is_made_anew_on_a_press(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    with writing(home.store) as connection:
        connection.execute(update(effect_run).values(fitted_at="2020-01-01T00:00:00+00:00"))
        connection.execute(update(version).values(data_id="newer"))
    page = opened(app, EFFECT)
    assert "This estimate was made on 1 Jan 2020, before the import of" in said(page)
    page.button(key="make-anew").click().run()
    assert [job.kind for job in queue.jobs(home)][:1] == ["effect"]


def test_a_refusal_says_why_and_shows_no_figure(
    small_market: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    bring_up_to_date(home, lambda share, words: None)
    told = read(home)[ALL].told
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    page = opened(app, EFFECT)
    assert told["verdict"] == "refused"
    assert "There is no number" in said(page)
    assert all(says.typeset(reason) in said(page) for reason in told["reasons"])
    assert "A simple chart would have claimed" in said(page)
    assert len(page.metric) == 0
    assert "no number" in said(opened(app, SUMMARY))


def test_without_an_estimate_a_page_says_what_it_would_show_and_asks_for_it(app: App, small_market: Path) -> None:
    page = opened(app, EFFECT)
    assert "No estimate has been made yet" in said(page)
    assert [b.label for b in page.button if b.key == "make-effect"] == ["Make the estimate"]


def test_the_summary_has_the_figure_the_trends_practices_by_name_and_a_plan(estimated: tuple[App, Home]) -> None:
    app, home = estimated
    told = read(home)[ALL].told
    page = opened(app, SUMMARY)
    words = said(page)
    assert says.typeset(told["says"]).removesuffix(".") in words
    assert "Leakage is " in words
    names = {label for (kind, _), label in home.live().label_of.items() if kind == "practice"}
    assert sum(f"<strong>{name}</strong>" in words for name in names) >= 4  # of three wins and three risks
    assert "See the first " in words
    assert "older than the data" not in words


def test_neither_page_is_shown_outside_the_team(estimated: tuple[App, Home], monkeypatch: pytest.MonkeyPatch) -> None:
    app, _ = estimated
    monkeypatch.setenv("LIAISON_AUDIENCE", "outside")
    for page in (EFFECT, SUMMARY):
        shown = opened(app, page)
        assert "Not shown to this audience" in said(shown)
        assert len(shown.metric) == 0


def test_what_money_is_made_of_is_edited_where_it_is_on_record(estimated: tuple[App, Home]) -> None:
    app, _ = estimated
    page = opened(app, DATA, part="records", records="margins")
    assert page.selectbox(key="option-records").value == "margins"
    page.selectbox(key="option-records").select("costs").run()
    assert page.query_params["records"] == "costs"
    assert "No costs yet" not in said(page)
