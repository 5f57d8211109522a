"""`report`: files where they were asked for, the figures as JSON, a sentence where there is nothing to report."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from liaison.cli.main import main


def said(*arguments: str) -> tuple[int, dict[str, object]]:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = main(["report", "--json", *arguments])
    return code, json.loads(out.getvalue() or "{}")


def test_it_writes_the_file_and_says_the_figures_of_roi(
    estimated_market: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_HOME", str(estimated_market))
    file = tmp_path / "summary.xlsx"
    code, told = said("--xlsx", str(file))
    assert code == 0
    assert told["files"] == [{"form": "xlsx", "path": str(file), "bytes": file.stat().st_size}]
    assert told["audience"] == "outside"
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        assert main(["roi", "--json"]) == 0
    assert told["incremental"] == json.loads(out.getvalue())["incremental"]
    code, refused = said("--xlsx", str(file), "--from", "2026-02", "--to", "2026-05")
    assert code == 1
    assert "one whole month, quarter or year" in str(refused["error"])


def test_without_an_estimate_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path / "empty"))
    code, told = said("--pdf", str(tmp_path / "summary.pdf"))
    assert code == 1
    assert "There is no estimate yet" in str(told["error"])
    assert not (tmp_path / "summary.pdf").exists()


def test_without_a_file_it_is_no_question() -> None:
    with redirect_stderr(io.StringIO()):
        assert main(["report"]) == 2
