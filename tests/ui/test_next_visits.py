"""Next visits and How good is this: cards in their order, choices that are kept, what stands where no run does."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from liaison.access.audit import entries
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.panels import panels
from liaison.jobs import queue
from liaison.jobs.ranked import bring_up_to_date
from liaison.models import stored
from liaison.models.similar import similar
from liaison.models.stored import NextVisits, StoredRow, choose
from liaison.models.stored.alerts import found
from liaison.models.stored.worth import worths
from liaison.store import reading, writing
from liaison.store.tables import ranking
from liaison.ui.next_visits import marks
from liaison.ui.next_visits.marks import Amounts, Scale
from tests.ui.conftest import said

PAGE, GOOD, PRACTICE = "pages/plan/next_visits.py", "pages/plan/how_good.py", "pages/see/practice.py"
App = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small market with a run, looked back; a copy, so that other pages' tests see none."""
    folder = tmp_path_factory.mktemp("ranked") / "demo"
    shutil.copytree(small_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    home = Home.open(Settings(home=folder))
    bring_up_to_date(home, lambda share, doing: None)
    home.close()
    return folder


@pytest.fixture
def ranked(made: Path, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch) -> tuple[App, Home]:
    """The app over a market of this test's own: choices of one test are not another's."""
    folder = tmp_path / "demo"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    monkeypatch.setenv("LIAISON_DEMO_HOME", str(folder))
    return app, Home.open(Settings(home=folder))


def opened(app: App, page: str = PAGE, **params: str) -> AppTest:
    test = app()
    test.switch_page(page)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def visits(home: Home) -> NextVisits:
    with reading(home.store) as connection:
        run = stored.newest(connection)
        assert run is not None
        return stored.next_visits(connection, run, today_of(home))


def today_of(home: Home) -> str:
    return datetime.now(home.settings.time_zone).date().isoformat()


def test_the_first_ten_of_the_list_stand_as_cards_in_its_order(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    page = opened(app)
    assert not page.exception
    first = [row.row.practice_id for row in visits(home).rows[:10]]
    assert [b.key for b in page.button if str(b.key).startswith("accept-")] == [f"accept-{each}" for each in first]
    words = said(page)
    assert "Ranked by what one more visit next month should bring" in words
    assert visits(home).rows[0].row.reasons[0]["says"][1:] in words


def test_an_accepted_visit_is_marked_and_can_be_taken_back(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    best = visits(home).rows[0].row.practice_id
    page = opened(app)
    page.button(key=f"accept-{best}").click().run()
    assert visits(home).rows[0].accepted
    assert "Accepted" in said(page)
    page.button(key=f"undo-{best}").click().run()
    assert not visits(home).rows[0].accepted


def test_a_decline_needs_a_reason_and_stands_among_those_left_out(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    best = visits(home).rows[0].row.practice_id
    page = opened(app)
    page.button(key=f"decline-{best}").click().run()
    assert page.button(key=f"declined-{best}").disabled
    page.selectbox(key=f"why-{best}").select("unwanted").run()
    page.button(key=f"declined-{best}").click().run()
    (out,) = [row for row in visits(home).left_out if row.choice is not None]
    assert (out.row.practice_id, out.choice and out.choice.reason) == (best, "They do not want to be visited")
    assert not [b for b in page.button if b.key == f"accept-{best}"]
    left = opened(app, view="out")
    assert "Declined: They do not want to be visited, by owner" in said(left)
    left.button(key=f"undo-{best}").click().run()
    assert visits(home).rows[0].row.practice_id == best


def test_a_pinned_visit_comes_first(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    third = visits(home).rows[2].row.practice_id
    page = opened(app)
    page.button(key=f"pin-{third}").click().run()
    assert next(b.key for b in page.button if str(b.key).startswith("accept-")) == f"accept-{third}"
    assert "Pinned" in said(page)


def test_the_list_of_one_liaison_holds_that_panel_only(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    with reading(home.store) as connection:
        whose = panels(connection, today_of(home))
    person = next(iter(whose.people))
    page = opened(app, liaison=person)
    shown = [str(b.key).removeprefix("accept-") for b in page.button if str(b.key).startswith("accept-")]
    assert shown
    assert all(person in whose.of[each] for each in shown)


def test_how_alerts_are_judged_is_counted_on_the_page(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    with reading(home.store) as connection:
        run = stored.newest_run(connection)
        assert run
        standing = stored.alerts(connection, run.run_id, today_of(home))
    page = opened(app, view="alerts")
    assert not page.exception
    assert "false alerts a month" in said(page)
    if standing:
        page.button(key=f"unreal-{standing[0].alert_key}").click().run()
        assert found(home.store).not_real == 1
        assert "0 of 1 alert that was judged was real" in said(page)


def test_the_sceptic_reads_what_is_missing_and_no_advantage(ranked: tuple[App, Home]) -> None:
    app, _ = ranked
    page = opened(app, GOOD)
    assert not page.exception
    words = said(page)
    assert "of 50 visits by lot are drawn" in words
    assert "Observational" in words
    assert "before these data: 12%" in " ".join(m.value for m in page.markdown)


def test_a_story_says_where_the_practice_stands_and_what_to_expect(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    best = visits(home).rows[0].row
    page = opened(app, PRACTICE, practice=best.practice_id)
    assert not page.exception
    words = said(page)
    assert f"of {len(visits(home).rows) + len(visits(home).left_out)} in the list of next visits" in words
    assert "in the three months from" in words


def test_without_a_run_one_button_asks_for_it_once(app: App, small_market: Path) -> None:
    page = opened(app)
    assert not page.exception
    assert "No list has been made yet" in said(page)
    page.button(key="make-list").click().run()
    home = Home.open(Settings(home=small_market))
    jobs = [job for job in queue.jobs(home) if job.kind == "rank"]
    assert len(jobs) == 1
    queue.cancel(home, jobs[0].job_id)
    home.close()


def test_a_stale_run_says_so_and_offers_a_new_one(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    with writing(home.store) as connection:
        connection.execute(update(ranking).values(data_id="another"))
    page = opened(app)
    assert "This list was made on" in said(page)
    assert page.button(key="make-anew")


def test_marks_escape_what_people_wrote_and_share_one_scale() -> None:
    assert "<b>" not in marks.who("1", "<b>Elm</b>", "Town", ["<i>late</i>"]).replace("</h4>", "")
    scale = Scale.of([-1.0, 2.0], [4.0, 9.0])
    assert scale.low < -1
    assert scale.high > 9
    assert float(scale.at(0).rstrip("%")) > float(scale.at(-1).rstrip("%"))
    assert Amounts().gain(11.2) == "+11 referrals"
    assert Amounts(money=True).plain(-1200) == "\u2212$1,200"


def test_the_most_alike_come_first_and_the_unseen_by_size_alone() -> None:
    def row(name: str, forecast: float, share: float | None) -> StoredRow:
        return StoredRow(name, 1, 1.0, 0.0, 2.0, forecast, 1.0, share, None, "[]", "[]")

    own = row("own", 10.0, 0.4)
    others = [
        row("twice", 20.0, 0.4),
        row("other share", 10.0, 0.9),
        row("near", 11.0, 0.42),
        row("unseen", 12.0, None),
    ]
    assert [each.practice_id for each in similar(own, [own, *others])] == ["near", "unseen", "twice", "other share"]


def test_by_margin_is_a_choice_that_is_written_down_once(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    assert "$" not in said(opened(app))
    page = opened(app, by="margin")
    assert not page.exception
    assert "Margin in the half year after it" in said(page)
    assert "+$" in said(page)
    page.run()
    (entry,) = [one for one in entries(home.store).entries if "margin" in one.what]
    assert (entry.actor, entry.action.value) == ("owner", "looked")


def test_a_service_line_keeps_the_practices_that_send_it(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    with reading(home.store) as connection:
        run = stored.newest_run(connection)
        assert run
        sends = {each: of.by_line for each, of in worths(connection, run.run_id).items()}
    page = opened(app, line="oncology", show="200")
    shown = [str(b.key).removeprefix("accept-") for b in page.button if str(b.key).startswith("accept-")]
    assert shown
    assert {each for each in shown if any(part["line"] == "oncology" for part in sends[each])} == set(shown)
    assert len(shown) < len([row for row in visits(home).rows if not row.accepted])
    choose(home.store, shown[0], "declined", actor="ann", reason="moving")
    left = opened(app, line="oncology", view="out")
    keys = {str(b.key).removeprefix("undo-") for b in left.button if str(b.key).startswith("undo-")}
    assert keys == {shown[0]}
    other = next(each for each in sends if each not in shown and not any(p["line"] == "oncology" for p in sends[each]))
    choose(home.store, other, "declined", actor="ann", reason="moving")
    left.run()
    assert not [b for b in left.button if b.key == f"undo-{other}"]


def test_worth_stands_on_the_practice_and_the_truth_where_it_is_known(ranked: tuple[App, Home]) -> None:
    app, home = ranked
    best = visits(home).rows[0].row.practice_id
    words = said(opened(app, PRACTICE, practice=best))
    assert "Worth about $" in words
    assert "% seen (" in words
    assert "invented for the demo" in words
    assert "Elsewhere 5 to 8 calls" in words
    assert "Its truth is known" in said(opened(app, GOOD))
