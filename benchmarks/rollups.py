"""Counting the rollups costs at most 2 x their bare queries.

Bare: what an analyst would write by hand for each rollup over the same Parquet, names as they stand, nothing resolved,
no censoring, no exits that stand or fall. The rest is what the counting rules add.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks._market import market
from benchmarks._measure import end, line
from liaison.facts.home import Home
from liaison.facts.live import read_manifest
from liaison.metrics.recount import recount
from liaison.store import reading

KEYS = "month_id, service_line, taxonomy_code, network_status, source, vantage"
NPI = "referring_npi, referring_practice"
TO = "destination_organisation, referred_to_npi, out_of_network_reason"
STAGES = ("created", "received", "authorised", "scheduled", "seen")


def bare_queries(files: list[str]) -> list[str]:
    """The rollups as group-bys over the facts as they are."""
    facts = f"read_parquet({files})"
    stages = " union all ".join(
        f"select {KEYS}, {NPI}, payer, priority, exit, '{a}' as stage, {b}_day - {a}_day as days from {facts} "
        f"where {a}_day is not null"
        for a, b in zip(STAGES, [*STAGES[1:], "closed"], strict=True)
    )
    return [
        f"select {KEYS}, {NPI}, count(*) n from {facts} group by all",
        f"select {KEYS}, {NPI}, {TO}, payer, priority, count(*) n from {facts} group by all",
        f"select {KEYS}, {NPI}, {TO}, count(*) n from {facts} group by all",
        f"select * exclude (referring_npi), count(*) n from ({stages}) group by all",
        f"select {KEYS}, count(*) n, count(referring_npi), count(referring_practice) from {facts} group by all",
    ]


def bare(home: Home, folder: Path) -> float:
    """CPU seconds of the bare queries, each written as Parquet."""
    with reading(home.store) as connection:
        names = read_manifest(connection).files["referral"]
    files = [str(home.facts_path / name) for name in names]
    engine = duckdb.connect(
        config={"memory_limit": home.settings.memory, "threads": home.settings.threads, "temp_directory": str(folder)}
    )
    began = time.process_time()
    for place, query in enumerate(bare_queries(files)):
        engine.execute(f"copy ({query}) to '{folder / f'bare-{place}.parquet'}' (format parquet, compression zstd)")
    return time.process_time() - began


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--referrals", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, help="where markets are kept between runs")
    asked = options.parse_args()
    with TemporaryDirectory(dir=Path.cwd() / "data") as scratch:
        home = market(asked.folder or Path(scratch), asked.referrals)
        yardstick = bare(home, Path(scratch))
        began = time.process_time()
        files, _ = recount(home)
        measured = time.process_time() - began
        for name in set(files.values()):
            (home.facts_path / name).unlink()
    end([line("rollups: CPU against their bare queries", measured, yardstick, 2, "s")])


if __name__ == "__main__":
    main()
