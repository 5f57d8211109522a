"""One commit switches everything; a reader never meets half of it; old files go only when nobody can need them."""

import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from liaison.facts.files import GRACE_SECONDS, new_file, settle, sweep
from liaison.facts.home import Home
from liaison.facts.publish import Change, publish
from liaison.facts.rollups import practice_month
from liaison.facts.writer import one_writer
from liaison.store import reading
from liaison.store.tables import fact_file, version
from tests.facts.staged import enter, stage

ROW = {"referral_id": "1", "created_on": "2026-03-02", "referring_practice": "Elm Street"}


def test_version_rises_by_one_and_its_id_is_new(home: Home) -> None:
    seen = []
    for _ in range(2):
        publish(home, Change())
        with reading(home.store) as connection:
            seen.append(tuple(connection.execute(select(version.c.data_version, version.c.data_id)).one()))
    assert [v for v, _ in seen] == [1, 2]
    assert seen[0][1] != seen[1][1]


def test_failing_in_the_commit_leaves_the_old_version(home: Home) -> None:
    enter(home, "first", "2026-04-01", [ROW])

    def fail(_: object) -> None:
        raise RuntimeError("the power went")

    files = stage(home, "second", [{**ROW, "referral_id": "2"}])
    with pytest.raises(RuntimeError):
        publish(home, Change(files=files), also=fail)
    with reading(home.store) as connection:
        assert set(connection.scalars(select(fact_file.c.batch_id))) == {"first"}
    assert home.live().data_version == 1


def test_open_version_goes_on_reading_after_a_newer_one(home: Home) -> None:
    enter(home, "first", "2026-04-01", [ROW])
    held = home.live()
    enter(home, "second", "2026-04-02", [{**ROW, "referral_id": "2"}])
    assert int(held.frame(select(practice_month.c.rows))["rows"].sum()) == 1
    assert int(home.live().frame(select(practice_month.c.rows))["rows"].sum()) == 2


def test_sweep_spares_what_is_listed_and_what_is_young(home: Home) -> None:
    enter(home, "first", "2026-04-01", [ROW])
    live = {file.name for file in home.facts_path.iterdir()}
    young, old = settle(_touched(home)), settle(_touched(home))
    for name in [*live, old.name]:
        os.utime(home.facts_path / name, (0, time.time() - GRACE_SECONDS - 1))
    assert sweep(home) == [old.name]
    assert {file.name for file in home.facts_path.iterdir()} == live | {young.name}


def _touched(home: Home) -> Path:
    path = new_file(home, "referral")
    path.touch()
    return path


def test_second_writer_waits_and_hears_for_what(home: Home) -> None:
    heard: list[str] = []
    entered = threading.Event()

    def second() -> None:
        with one_writer(home, "a forget", heard.append):
            entered.set()

    with one_writer(home, "import of march.csv"):
        other = threading.Thread(target=second)
        other.start()
        assert not entered.wait(0.6)
    other.join(5)
    assert entered.is_set()
    assert heard == ["Waiting for another change to finish: import of march.csv."]
