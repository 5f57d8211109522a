"""A backup is one moment of the whole instance, and comes back whole or not at all."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.environment import ROOT
from tests.cli.conftest import Run
from tests.cli.market import write_extract

FIGURES = (["leakage", "--by", "service_line"], ["leakage", "--by", "practice"], ["funnel"])


def figures(run: Run, home: Path, **variables: str) -> list[str]:
    return [run(*command, "--json", home=home, **variables).out for command in FIGURES]


@pytest.fixture
def backed_up(market: Path, run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "backup.zip"
    said = run("backup", str(file), "--json", home=market)
    assert (said.code, said.json["ok"], said.json["problems"]) == (0, True, [])
    return file


def test_a_restored_instance_says_the_same(market: Path, backed_up: Path, run: Run, own: Path) -> None:
    assert run("restore", str(backed_up), "--json").json["ok"] is True
    assert figures(run, own) == figures(run, market)
    assert json.loads(figures(run, own)[0])["total"]["denominator"] > 0
    assert run("check", "--full", "--json").json == {"ok": True, "problems": [], "notes": []}
    assert (own / "instance.key").read_bytes() == (market / "instance.key").read_bytes()


def test_the_teams_own_zip_outlines_come_along(market: Path, run: Run, own: Path, tmp_path: Path) -> None:
    file = tmp_path / "zips.geojson"
    ring = [[-82.5, 35.5], [-82.4, 35.5], [-82.4, 35.6], [-82.5, 35.5]]
    feature = {"properties": {"zip": "28801"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert run("outlines", str(file), home=market).code == 0
    assert run("backup", str(tmp_path / "copy.zip"), home=market).code == 0
    assert run("restore", str(tmp_path / "copy.zip")).code == 0
    assert run("outlines", "--json", home=own).json == {"file": "zips.geojson", "outlines": 1}
    assert run("outlines", "--forget", "--json", home=own).json == {"forgotten": True}
    assert run("outlines", home=own).code == 1


def test_caches_cannot_take_a_restored_instance_for_the_old_one(
    market: Path, backed_up: Path, run: Run, own: Path
) -> None:
    run("restore", str(backed_up))
    old, new = (Home.open(Settings(home=home)) for home in (market, own))
    assert old.live().data_version == new.live().data_version
    assert old.live().data_id != new.live().data_id
    old.close()
    new.close()


def test_sqlite_moves_to_postgresql(
    market: Path, backed_up: Path, run: Run, own: Path, fresh_postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = fresh_postgres()
    assert run("restore", str(backed_up), LIAISON_STORE_URL=url).code == 0
    assert figures(run, own, LIAISON_STORE_URL=url) == figures(run, market)
    # Rows that are numbered go on after those that came with their numbers.
    more = tmp_path / "more.csv"
    more.write_text("practice_id,name\np-new,New Street\n")
    assert run("import", "practices", str(more), LIAISON_STORE_URL=url).code == 0
    assert run("check", LIAISON_STORE_URL=url).code == 0


def test_a_home_that_holds_something_is_left_as_it_is(market: Path, backed_up: Path, run: Run) -> None:
    before = figures(run, market)
    said = run("restore", str(backed_up), "--json", home=market)
    assert said.code == 1
    assert "is not empty" in said.json["error"]["message"]
    assert figures(run, market) == before


def test_a_damaged_backup_restores_nothing_and_a_good_one_still_can(backed_up: Path, run: Run, own: Path) -> None:
    damaged = backed_up.with_name("damaged.zip")
    content = bytearray(backed_up.read_bytes())
    with zipfile.ZipFile(backed_up) as held:
        largest = max(held.infolist(), key=lambda member: member.compress_size)
    content[largest.header_offset + 200] ^= 0xFF
    damaged.write_bytes(content)
    said = run("restore", str(damaged), "--json")
    assert said.code == 1
    assert "damaged" in said.json["error"]["message"]
    assert list((own / "facts").iterdir()) == []
    assert run("restore", str(backed_up)).code == 0


@pytest.mark.parametrize("name", ["facts/../../escaped", "store.sqlite", "facts/a/b"])
def test_a_backup_cannot_write_outside_of_its_folders(backed_up: Path, run: Run, own: Path, name: str) -> None:
    forged = backed_up.with_name("forged.zip")
    with zipfile.ZipFile(backed_up) as real, zipfile.ZipFile(forged, "w") as fake:
        about = json.loads(real.read("backup.json"))
        first = next(n for n in about["contents"] if n.startswith("facts/"))
        about["contents"][name] = about["contents"].pop(first)
        for member in real.namelist():
            content = json.dumps(about).encode() if member == "backup.json" else real.read(member)
            fake.writestr(name if member == first else member, content)
    said = run("restore", str(forged), "--json")
    assert said.code == 1
    assert "outside" in said.json["error"]["message"]
    assert not (own.parent / "escaped").exists()


def test_another_file_is_never_written_over(market: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "referrals.csv"
    other.write_text("mine")
    assert run("backup", str(other), home=market).code == 1
    assert other.read_text() == "mine"


def test_an_older_backup_of_the_same_name_is_replaced(backed_up: Path, market: Path, run: Run) -> None:
    assert run("backup", str(backed_up), home=market).code == 0
    assert [p.name for p in backed_up.parent.iterdir() if "backup" in p.name] == ["backup.zip"]


def test_only_the_owner_may_read_a_backup(backed_up: Path) -> None:
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600


def test_work_that_was_waiting_does_not_start_in_the_restored_instance(market: Path, run: Run, own: Path) -> None:
    old = Home.open(Settings(home=market))
    queue.enqueue(old, "forget", {"batch": "anything"})
    done = queue.enqueue(old, "recount", {})
    queue.cancel(old, done)
    file = own.parent / "with-jobs.zip"
    run("backup", str(file), home=market)
    run("restore", str(file))
    new = Home.open(Settings(home=own))
    assert [job.job_id for job in queue.jobs(new)] == [done]
    old.close()
    new.close()


def test_a_backup_during_an_import_is_of_one_moment(market: Path, run: Run, tmp_path: Path) -> None:
    extract = tmp_path / "large.csv"
    write_extract(extract, 60_000)
    before = figures(run, market)
    command = ["-m", "liaison", "import", "referrals", str(extract), "--source", "second"]
    variables = {**os.environ, "LIAISON_HOME": str(market)}
    importing = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL)
    taken: list[Path] = []
    while importing.poll() is None:
        taken.append(tmp_path / f"during-{len(taken)}.zip")
        assert run("backup", str(taken[-1]), home=market).code == 0
    assert importing.returncode == 0
    after = figures(run, market)
    assert after != before
    for file in {taken[0], taken[len(taken) // 2], taken[-1]}:
        home = file.with_suffix("")
        assert run("restore", str(file), home=home).code == 0
        assert figures(run, home) in (before, after)
        assert run("check", home=home).code == 0


def test_a_restore_killed_at_any_moment_leaves_nothing_or_everything(
    market: Path, backed_up: Path, run: Run, tmp_path: Path
) -> None:
    whole, draw = figures(run, market), random.Random(5)
    for attempt in range(4):
        home = tmp_path / f"killed-{attempt}"
        command = [sys.executable, "-m", "liaison", "restore", str(backed_up)]
        restoring = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "LIAISON_HOME": str(home)}, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(draw.uniform(0.3, 1.5))
        restoring.kill()
        restoring.wait()
        again = run("restore", str(backed_up), home=home)
        assert again.code == 0 or "is not empty" in again.err
        assert figures(run, home) == whole
        shutil.rmtree(home)
