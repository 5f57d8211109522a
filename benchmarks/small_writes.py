"""While 10 million rows import, a small write never waits more than a second.

A liaison logs a visit while somebody imports a year of referrals: both are one SQLite file. One process imports, this
one edits a practice record every 50 ms and keeps the longest wait.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._measure import ROOT, end, line
from liaison.config import Settings
from liaison.demo.benchmark_csv import write_csv
from liaison.facts.home import Home
from liaison.fieldwork import records
from liaison.store import writing

LIMIT, PAUSE = 1.0, 0.05


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000_000)
    asked = options.parse_args()
    with TemporaryDirectory(dir=Path.cwd() / "data") as folder:
        source = Path(folder) / "referrals.csv"
        write_csv(source, asked.rows)
        home = Home.open(Settings(home=Path(folder) / "home"))
        command = [sys.executable, "-m", "liaison", "import", "referrals", str(source), "--json"]
        environment = {"PATH": "", "LIAISON_HOME": str(home.path.resolve())}
        waits: list[float] = []
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as importing:
            while importing.poll() is None:
                began = time.perf_counter()
                with writing(home.store) as connection:
                    row = {"practice_id": "p1", "name": f"Elm Street {len(waits)}"}
                    records.write(connection, "practices", [row], actor="benchmark")
                waits.append(time.perf_counter() - began)
                time.sleep(PAUSE)
        print(f"{len(waits):,} writes during the import", file=sys.stderr)
        home.close()
    end([importing.returncode == 0, line("longest wait of a small write", max(waits), LIMIT, 1, "s")])


if __name__ == "__main__":
    main()
