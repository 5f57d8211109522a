"""`serve` asks for the first estimate, once, where there is something to estimate from."""

from pathlib import Path

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.jobs.first import ask_for_first_estimate


def test_the_first_estimate_is_asked_for_once_and_only_where_referrals_are_in(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "own"))
    assert not ask_for_first_estimate(home)
    build(home, practices=20, referrals=300, months=12)
    assert ask_for_first_estimate(home)
    assert not ask_for_first_estimate(home)
    assert [job.kind for job in queue.jobs(home)] == ["effect"]
    home.close()
