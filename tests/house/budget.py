"""How long each folder of tests took, beside what it may take on two cores."""

from collections import defaultdict
from pathlib import PurePosixPath

import pytest

MINUTES = {"unit and spec": 2, "engines": 2, "ingest": 2, "models": 1, "browser": 4, "house": 1}


def folder(nodeid: str) -> str:
    """The budget that a test counts against: its folder's own, else that of the units."""
    parts = PurePosixPath(nodeid.partition("::")[0]).parts
    own = parts[1].partition("_")[0] if len(parts) > 2 and parts[0] == "tests" else ""  # ingest_formats is ingest
    return own if own in MINUTES else "unit and spec"


class Budget:
    """Adds up set-up, call and tear-down of every test; prints the sums at the end of a run."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[folder(report.nodeid)] += report.duration

    def lines(self) -> list[str]:
        """One line a folder that ran, in the budget's order."""
        told = []
        for name, minutes in MINUTES.items():
            if name in self.seconds:
                over = "  over budget" if self.seconds[name] > minutes * 60 else ""
                told.append(f"{name:<14}{self.seconds[name]:>8.1f} s of {minutes * 60:>4} s{over}")
        return told

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.seconds:
            terminalreporter.section("time per folder")
            for line in self.lines():
                terminalreporter.line(line)
