"""Importing a CSV of 10 million referrals costs at most 3 x the CPU of a bare copy, in at most 1 GB of memory.

The yardstick is what no importer can beat by much: the same engine reading the same file as text and writing Parquet,
nothing checked. Rows that are wrong must be named by their exact rows.
"""

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from benchmarks._measure import end, line, run
from liaison.demo.benchmark_csv import write_csv

MEMORY_MB = 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--wrong", type=int, default=100, help="rows that are wrong")
    asked = options.parse_args()
    wrong = sorted(random.Random(3).sample(range(2, asked.rows + 2), asked.wrong))
    with tempfile.TemporaryDirectory(dir=Path.cwd() / "data") as folder:
        source, home = Path(folder) / "referrals.csv", Path(folder) / "home"
        write_csv(source, asked.rows, bad_rows=wrong)
        print(f"{asked.rows:,} rows, {source.stat().st_size / 2**20:,.0f} MB of CSV", file=sys.stderr)
        bare = run(["-m", "benchmarks._bare", str(source), str(Path(folder) / "bare.parquet")])
        load = run(["-m", "benchmarks._load", str(source), str(Path(folder) / "load")])
        whole = run(
            ["-m", "liaison", "import", "referrals", str(source), "--json"],
            {"LIAISON_HOME": str(home)},
        )
        named = [reject["row"] for reject in whole.json["rejects"]]
        kept = [
            line("import: CPU against a bare copy", load.cpu, bare.cpu, 3, "s"),
            line("import: peak memory against 1 GB", load.peak_mb, MEMORY_MB, 1, "MB"),
            line("import with its rollups: peak memory against 1 GB", whole.peak_mb, MEMORY_MB, 1, "MB"),
            named == wrong,
        ]
        exact = sum(a == b for a, b in zip(named, wrong, strict=False))
        print(f"{exact} of {asked.wrong} rejects at their exact row", file=sys.stderr)
        print(f"import with its rollups: {whole.cpu:.1f} s of CPU, {whole.wall:.1f} s", file=sys.stderr)
        print(json.dumps({k: v for k, v in whole.json.items() if k != "rejects"}), file=sys.stderr)
    end(kept)


if __name__ == "__main__":
    main()
