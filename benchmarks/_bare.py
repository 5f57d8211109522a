"""The yardstick of an import: the engine reads the CSV as text and writes Parquet, nothing checked."""

import sys
from pathlib import Path

import duckdb


def main() -> None:
    source, target = sys.argv[1:]
    with Path(source).open(encoding="utf-8") as opened:
        columns = dict.fromkeys(opened.readline().strip().split(","), "VARCHAR")
    engine = duckdb.connect(config={"memory_limit": "600MB", "threads": 2, "temp_directory": f"{target}.spill"})
    read = f"read_csv(?, header=true, auto_detect=false, delim=',', quote='\"', columns={columns})"
    engine.execute(f"copy (select * from {read}) to '{target}' (format parquet, compression zstd)", [source])


if __name__ == "__main__":
    main()
