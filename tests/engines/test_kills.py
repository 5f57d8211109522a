"""Killed at any moment, an import has either happened whole or not at all."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from liaison.config import Settings
from liaison.facts.check import check
from liaison.facts.home import Home
from liaison.facts.rollups import practice_month
from liaison.metrics.recount import recount
from tests.engines.weekly import extract, lives, monday

ROOT = Path(__file__).resolve().parents[2]


def start(home: Path, path: Path, week: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "liaison", "import", "referrals", str(path), "--source", "ehr"]
    command += ["--as-of", monday(week).isoformat(), "--json"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "LIAISON_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def counted(home: Home) -> int:
    live = home.live()
    return int(live.frame(select(func.sum(practice_month.c.rows).label("n")))["n"].fillna(0).iloc[0])


def problems(home: Home) -> tuple[str, ...]:
    return check(home, lambda opened, months: recount(opened, months=months)[0], full=True).problems


@pytest.mark.parametrize("kills", [pytest.param(3), pytest.param(10, marks=pytest.mark.audit)])
def test_killed_imports_lose_and_double_nothing(tmp_path: Path, kills: int) -> None:
    every, moments = lives(20_000, 4), random.Random(11)
    first, second = (extract(tmp_path / f"{week}.csv", every, week) for week in (3, 4))
    rows = {week: len(path.read_text().splitlines()) - 1 for week, path in ((3, first), (4, second))}
    folder = tmp_path / "home"
    began = time.perf_counter()
    assert start(folder, first, 3).wait() == 0
    whole = time.perf_counter() - began
    home = Home.open(Settings(home=folder))
    assert counted(home) == rows[3]
    for _ in range(kills):
        importing = start(folder, second, 4)
        time.sleep(moments.uniform(0.2, 1.0) * whole)
        os.killpg(importing.pid, signal.SIGKILL)
        importing.wait()
        assert counted(home) in (rows[3], rows[4])
        assert problems(home) == ()
    assert start(folder, second, 4).wait() == 0
    assert counted(home) == rows[4]
    assert problems(home) == ()
    home.close()
