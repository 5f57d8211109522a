"""Mail to the team through a real server: who is told what, once, and what is said where it cannot be sent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update

from liaison import fieldwork
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.to_do import add_task, finish, open_tasks
from liaison.jobs import mail_told, mailed, outbox, queue
from liaison.jobs.work import work
from liaison.store import reading, writing
from liaison.store.tables import history
from liaison.vocabulary import MailKind
from tests.jobs.mail_server import PASSWORD, USER, Mailbox, certificate, running

MONDAY = datetime(2026, 11, 30, 13, 30, tzinfo=UTC)  # 07:30 in Chicago
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def box(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with running(pem, Mailbox()) as opened:
        yield opened


def settings(folder: Path, port: int, **more: Any) -> Settings:
    (folder / "password").write_text(f"{PASSWORD}\n")
    told: dict[str, Any] = {"mail_user": USER, "mail_password_file": folder / "password", "zone": "America/Chicago"}
    site: dict[str, Any] = {"mail_from": "liaison@team.example", "mail_links": "https://liaison.team.example"}
    return Settings(home=folder / "own", mail_host="127.0.0.1", mail_port=port, **told, **site, **more)


def begun(home: Home) -> Home:
    """Two practices, three of the team (Cy without an address), and a first look at a time when nothing was given."""
    with writing(home.store) as conn:
        places = [{"practice_id": f"P{n}", "name": name} for n, name in ((1, "Elm Street"), (2, "Oak Hill"))]
        fieldwork.write(conn, "practices", places, "ann")
        people = [("ann", "Ann Lee", "ann@team.example"), ("bob", "Bob Ray", "bob@team.example"), ("cy", "Cy Fox", "")]
        rows = [dict(zip(("person_id", "name", "email"), one, strict=True)) for one in people]
        fieldwork.write(conn, "people", rows, "ann")
        fieldwork.write(conn, "assignments", [{"practice_id": "P1", "person_id": "bob"}], "ann")
    mailed.run(home, MONDAY - timedelta(days=3), _quiet)  # a Friday
    return home


@pytest.fixture
def home(tmp_path: Path, box: Mailbox) -> Iterator[Home]:
    opened = begun(Home.open(settings(tmp_path, box.port)))
    yield opened
    opened.close()


def _quiet(share: float, words: str) -> None:
    pass


def barrier(store: Engine, owner: str, **more: str) -> None:
    row = {"barrier_id": "B1", "raised_on": "2026-11-20", "kind": "access", "what": "Fax is down", "practice_id": "P1"}
    fieldwork.add(store, "barriers", {**row, "owner": owner, **more}, actor="Ann Lee")


def at(store: Engine, when: datetime) -> None:
    """What was written in this test was written at that moment."""
    with writing(store) as conn:
        conn.execute(update(history).values(at=outbox.moment(when)))


def run(home: Home, when: datetime) -> list[tuple[str, str]]:
    return [(one["to"], one["subject"]) for one in mailed.run(home, when, _quiet).sent]


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.audit)])
def test_what_somebody_else_gave_is_told_once_in_one_mail(
    engine: str, tmp_path: Path, box: Mailbox, request: pytest.FixtureRequest
) -> None:
    fresh: Callable[[], str] | None = request.getfixturevalue("fresh_postgres") if engine == "postgresql" else None
    home = begun(Home.open(settings(tmp_path, box.port, store_url=fresh() if fresh else None)))
    friday = MONDAY - timedelta(days=3)
    add_task(home.store, "bob", "Send the slides", actor="Ann Lee", practice_id="P1", due_on="2026-12-18")
    add_task(home.store, "bob", "Order pens", actor="Bob Ray")
    barrier(home.store, "ann", due_on="2026-12-10")
    fieldwork.edit(home.store, "barriers", "B1", {"owner": "bob"}, expected_version=1, actor="Ann Lee")
    at(home.store, friday + HOUR)
    assert run(home, friday + HOUR) == []  # what is given one after the other goes into one mail
    assert run(home, friday + 2 * HOUR) == [("bob", "Liaison: 2 things are yours now")]
    assert run(home, friday + 3 * HOUR) == []
    (mail,) = box.mails
    assert str(mail["To"]) == "Bob Ray <bob@team.example>"
    assert "Task: Send the slides, Elm Street, by 18 Dec 2026" in mail.get_content()
    assert "Barrier: Fax is down, Elm Street, by 10 Dec 2026" in mail.get_content()
    assert "https://liaison.team.example/barriers?barrier=B1" in mail.get_content()
    assert "pens" not in mail.get_content()
    home.close()


def test_monday_brings_the_week_and_later_days_what_becomes_overdue(home: Home, box: Mailbox) -> None:
    barrier(home.store, "bob", due_on="2026-11-27")
    add_task(home.store, "bob", "Call the coordinator", actor="Bob Ray", practice_id="P1", due_on="2026-12-01")
    visit = {"visit_id": "V1", "person_id": "bob", "date": "2026-11-23", "practice_id": "P2"}
    fieldwork.add(home.store, "visits", {**visit, "next_step": "Bring the line card"}, actor="Bob Ray")
    at(home.store, MONDAY - timedelta(days=20))
    assert run(home, MONDAY - HOUR) == []  # 06:30
    assert run(home, MONDAY) == [("bob", "Liaison: Your week from 30 Nov 2026")]
    text = box.texts()[0]
    assert "OVERDUE: 1\n- Barrier: Fax is down, Elm Street, 3 days late, open 10 days" in text
    assert "DUE THIS WEEK: 1\n- Task: Call the coordinator, Elm Street, by 1 Dec 2026" in text
    assert "OPEN PROMISES, AND WHAT HAS NO DAY: 1\n- Promised: Bring the line card, Oak Hill, without a day" in text
    assert "Elm Street: Fax is down, raised 20 Nov 2026" not in text  # before the week that is told
    assert run(home, MONDAY + 24 * HOUR) == []  # what the digest called overdue is not told again
    assert run(home, MONDAY + 48 * HOUR) == [("bob", "Liaison: 1 thing of yours is overdue")]
    assert [run(home, MONDAY + days * 24 * HOUR) for days in (2, 3, 4, 5)] == [[], [], [], []]


def test_each_person_gets_what_they_chose_and_nothing_that_is_done(home: Home, box: Mailbox) -> None:
    fieldwork.edit(home.store, "people", "bob", {"mail": "overdue"}, expected_version=1, actor="Bob Ray")
    for who in ("ann", "bob"):
        add_task(home.store, who, "Look at mrn 12345678", actor="Cy Fox", due_on="2026-11-30")
        add_task(home.store, who, "Soon done", actor="Cy Fox", due_on="2026-11-30")
    at(home.store, MONDAY - HOUR)
    run(home, MONDAY - HOUR)
    with reading(home.store) as conn:
        done = [one for one in open_tasks(conn) if one.what == "Soon done"]
    for one in done:
        finish(home.store, one, "2026-11-30", actor="Ann Lee")
    assert run(home, MONDAY) == [
        ("ann", "Liaison: 1 thing is yours now"),
        ("ann", "Liaison: Your week from 30 Nov 2026"),
    ]
    assert run(home, MONDAY + 24 * HOUR) == [
        ("ann", "Liaison: 1 thing of yours is overdue"),
        ("bob", "Liaison: 1 thing of yours is overdue"),
    ]
    assert not any("12345678" in text for text in box.texts())  # what looks like a patient's number stays inside
    assert all("Its words stand in Liaison alone" in text for text in box.texts())
    with pytest.raises(LiaisonError, match="names what nobody is told"):
        fieldwork.edit(home.store, "people", "ann", {"mail": "gossip"}, expected_version=1, actor="Ann Lee")


def test_a_server_that_is_away_is_told_and_tried_again_later_each_time(tmp_path: Path, pem: Path, box: Mailbox) -> None:
    home = begun(Home.open(settings(tmp_path, box.port)))
    away = replace(home, settings=home.settings.model_copy(update={"mail_port": 9}))
    for who in ("ann", "bob"):
        add_task(home.store, who, "Call", actor="Cy Fox", due_on="2026-12-31")
    friday = MONDAY - timedelta(days=3)
    at(home.store, friday)
    run(home, friday)
    tries = [
        len(mailed.run(away, friday + timedelta(minutes=minutes), _quiet).put_off) for minutes in (6, 10, 12, 26, 28)
    ]
    assert tries == [2, 0, 2, 0, 2]  # after 5 minutes, after 15
    said = " ".join(mail_told.told(away, friday + HOUR).wrong)
    assert "2 things could not be told by mail. The mail server 127.0.0.1:9 cannot be spoken to" in said
    assert "See LIAISON_MAIL_HOST" in said
    assert run(home, friday + 2 * HOUR) == [(who, "Liaison: 1 thing is yours now") for who in ("ann", "bob")]
    assert not any("could not" in each for each in mail_told.told(home, friday + 3 * HOUR).wrong)
    home.close()


def test_a_wrong_password_and_a_strange_certificate_are_said(
    home: Home, box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text("wrong")
    with pytest.raises(LiaisonError, match="does not take the user and password: 535"):
        mailed.try_out(home, "ops@team.example", MONDAY)
    (tmp_path / "password").unlink()
    with pytest.raises(LiaisonError, match="LIAISON_MAIL_PASSWORD_FILE names cannot be read"):
        mailed.try_out(home, "ops@team.example", MONDAY)
    (tmp_path / "password").write_text(PASSWORD)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(LiaisonError, match="is not trusted here: self-signed certificate"):
        mailed.try_out(home, "ops@team.example", MONDAY)
    assert box.mails == []


def test_one_refused_address_and_one_missing_hold_nobody_else_up(home: Home, box: Mailbox) -> None:
    box.refuses = {"ann@team.example"}
    for who in ("ann", "bob", "cy"):
        add_task(home.store, who, "Call", actor="the manager", due_on="2026-12-31")
    friday = MONDAY - timedelta(days=3)
    at(home.store, friday)
    run(home, friday)
    assert run(home, friday + HOUR) == [("bob", "Liaison: 1 thing is yours now")]
    wrong = mail_told.told(home, friday + HOUR).wrong
    assert len(wrong) == 2  # who has no address is told by name, and not once more as a thing that waits
    said = " ".join(wrong)
    assert "does not take mail to this address: 550 5.1.1 No such user here" in said
    assert "Without a usable e-mail address on record, and so without mail: Cy Fox." in said
    fieldwork.edit(home.store, "people", "cy", {"email": "cy@team.example"}, expected_version=1, actor="Ann Lee")
    assert run(home, friday + 3 * HOUR) == [("cy", "Liaison: 1 thing is yours now")]
    assert mail_told.told(home, friday).wrong[0].startswith("1 thing could not be told")


def test_of_two_runs_that_look_at_once_the_second_writes_nothing(home: Home) -> None:
    with reading(home.store) as conn:
        seen = outbox.mark_of(conn)
    ahead = replace(seen, overdue_on="2026-11-30")
    task = outbox.Wanted(MailKind.overdue, "bob", "task:T1", "2026-11-30")
    with writing(home.store) as conn:
        assert outbox.put(conn, [task], ahead, seen, MONDAY, HOUR) == 1
    with writing(home.store) as conn:
        assert outbox.put(conn, [replace(task, thing="task:T2")], seen, seen, MONDAY, HOUR) == 0
    with reading(home.store) as conn:
        assert outbox.mark_of(conn) == ahead
        assert [row.thing for row in outbox.unsent(conn)] == ["task:T1"]


@pytest.mark.parametrize("how", ["the line breaks", "the process dies"])
def test_what_may_have_gone_out_is_sent_once_more_the_next_day_under_the_same_id(
    home: Home, box: Mailbox, how: str
) -> None:
    add_task(home.store, "bob", "Call", actor="Ann Lee", due_on="2026-12-31")
    friday = MONDAY - timedelta(days=3)
    at(home.store, friday)
    run(home, friday)
    box.drops = how == "the line breaks"
    if box.drops:
        assert run(home, friday + HOUR) == []
    else:  # between sending and noting
        with writing(home.store) as conn:
            outbox.take(conn, outbox.unsent(conn), mailed._tomorrow(home.settings, friday))
    box.drops = False
    assert "is not known, so it is sent once more" in " ".join(mail_told.told(home, friday + HOUR).wrong)
    assert run(home, friday + 6 * HOUR) == []
    assert run(home, friday + 24 * HOUR) == [("bob", "Liaison: 1 thing is yours now")]
    assert run(home, friday + 48 * HOUR) == []
    assert len({mail["Message-ID"] for mail in box.mails}) == 1


def test_the_worker_asks_for_a_run_only_where_there_is_something_and_never_two(home: Home, box: Mailbox) -> None:
    sunday = MONDAY - 20 * HOUR
    assert mailed.ask(home, sunday) is None
    add_task(home.store, "bob", "Call", actor="Ann Lee")
    assert mailed.ask(home, sunday) is not None
    assert mailed.ask(home, sunday) is None  # it waits already
    job = queue.claim(home)
    assert job is not None
    queue.finish(home, job, work(home, job, _quiet))
    came = len(box.mails)
    off = replace(home, settings=home.settings.model_copy(update={"mail_host": ""}))
    outside = replace(home, settings=home.settings.model_copy(update={"audience": "outside"}))
    for closed in (off, outside, replace(home, settings=home.settings.for_demo())):
        assert mailed.ask(closed, MONDAY + 48 * HOUR) is None
        with pytest.raises(LiaisonError, match="sends no mail"):
            mailed.run(closed, MONDAY + 48 * HOUR, _quiet)
    assert len(box.mails) == came


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mail_from": ""}, "LIAISON_MAIL_FROM is no address"),
        ({"mail_from": "a@b.example", "mail_user": "x"}, "belong together"),
        (
            {"mail_from": "a@b.example", "mail_user": "x", "mail_password_file": "f", "mail_security": "none"},
            "readable",
        ),
        ({"mail_from": "a@b.example", "mail_links": "ftp://x"}, "no address of a site"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(given: dict[str, Any], said: str) -> None:
    with pytest.raises(LiaisonError, match=said):
        Settings(mail_host="mail.team.example", **given)
