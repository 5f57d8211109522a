"""Homes of a chosen size, filled with the fictional market by the front door."""

import subprocess
import sys
from pathlib import Path

from benchmarks._measure import ROOT
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.vocabulary import Audience

INSIDE = Audience.inside


def market(folder: Path, referrals: int) -> Home:
    """A home with the demo market of so many referrals; built in a process of its own, kept if it is there already."""
    home = folder / f"market-{referrals}"
    if not (home / "store.sqlite").exists():
        build = [sys.executable, "-m", "liaison", "demo", "--referrals", str(referrals), "--json"]
        subprocess.run(build, cwd=ROOT, env={"PATH": "", "LIAISON_HOME": str(home)}, check=True, stdout=sys.stderr)
    return Home.open(Settings(home=home))
