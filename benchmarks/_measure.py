"""What all benchmarks share: running a piece of work in a process of its own, and a line of the result."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system), wall-clock seconds, and the largest resident size in MB of one process."""

    cpu: float
    wall: float
    peak_mb: float
    out: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """A Python process with these arguments, measured from its start to its end."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    out = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)  # what this one process used, its peak among it
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {child.returncode}: {out[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024, out)


def line(what: str, measured: float, yardstick: float, limit: float, unit: str) -> bool:
    """Print one measurement against its yardstick; whether the promise is kept."""
    ratio = measured / yardstick if yardstick else float("inf")
    kept = ratio <= limit
    print(
        f"{what:<52} {measured:>10.3f} {unit:<4} {yardstick:>10.3f} {unit:<4} "
        f"ratio {ratio:>6.2f}  limit {limit:g}  {'kept' if kept else 'NOT KEPT'}",
        flush=True,
    )
    return kept


def end(kept: Sequence[bool]) -> None:
    """Exit 1 where a promise is not kept."""
    raise SystemExit(0 if all(kept) else 1)
