"""Reports made in the worker: files kept for a week, and the monthly one to a folder, once, whatever happens."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.jobs import monthly, queue, reported
from liaison.jobs.work import refusal, work
from liaison.vocabulary import ReportFile


@pytest.fixture
def home(estimated_market: Path, tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "copy"
    shutil.copytree(estimated_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    opened = Home.open(Settings(home=folder, report_folder=tmp_path / "board", report_formats="xlsx"))
    yield opened
    opened.close()


def as_of(home: Home) -> str:
    """The newest complete month of the estimate, and the day after it on which its report is due."""
    found = reported.summary(home, "2026-12-01")
    return f"{found.of.last // 12}-{found.of.last % 12 + 1:02d}"


def due(month: str, day: int) -> date:
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, day)


def run(home: Home) -> queue.Job:
    """What a worker does with the oldest job."""
    job = queue.claim(home)
    assert job is not None
    try:
        queue.finish(home, job, work(home, job, lambda share, words: None))
    except LiaisonError as refused:
        queue.fail(home, job, refusal(refused))
    return queue.get(home, job.job_id)


def test_the_monthly_report_is_written_once_from_its_day_on(home: Home, tmp_path: Path) -> None:
    folder, month = tmp_path / "board", as_of(home)
    folder.mkdir()
    assert monthly.ask(home, due(month, 4)) is None
    assert "None has been written yet" in str(monthly.told(home))
    assert monthly.ask(home, due(month, 5)) is not None
    assert monthly.ask(home, due(month, 5)) is None  # it is waiting
    run(home)
    assert [file.name for file in folder.iterdir()] == [f"executive-summary-{month}.xlsx"]
    assert load_workbook(next(folder.iterdir())).sheetnames[0] == "Figures"
    again = Home.open(home.settings)  # as after a restart, and later in the month
    assert [monthly.ask(again, due(month, day)) for day in (5, 6, 28)] == [None, None, None]
    again.close()
    assert f"was written to {folder}" in str(monthly.told(home))
    assert f"report of {month} written, 1 files" in (home.path / "log" / "worker.log").read_text()


def test_a_folder_that_is_not_there_is_told_and_tried_again_the_next_day(home: Home, tmp_path: Path) -> None:
    month = as_of(home)
    assert monthly.ask(home, due(month, 5)) is not None
    assert run(home).state is queue.State.failed
    said = str(monthly.told(home))
    assert "is not a folder here" in said
    assert "tried again tomorrow" in said
    assert not (tmp_path / "board").exists()
    failed = datetime.now(UTC).date()
    assert monthly.ask(home, failed) is None
    assert monthly.ask(home, date.fromordinal(failed.toordinal() + 2)) is not None


def test_without_a_folder_nothing_is_asked_for(home: Home) -> None:
    none = Home.open(home.settings.model_copy(update={"report_folder": None}))
    assert monthly.ask(none, date(2030, 1, 28)) is None
    assert monthly.told(none) is None
    none.close()


def test_a_write_that_fails_leaves_what_stood_there_and_nothing_beside_it(home: Home, tmp_path: Path) -> None:
    folder, month = tmp_path / "board", as_of(home)
    taken = folder / f"executive-summary-{month}.xlsx"
    taken.mkdir(parents=True)  # a folder of that name cannot be replaced by a file
    monthly.ask(home, due(month, 5))
    assert "could not be written" in str((run(home).error or {})["message"])
    assert list(folder.iterdir()) == [taken]


def test_files_for_a_download_are_kept_a_week(home: Home) -> None:
    queue.enqueue(home, "report", {"span": "year"})
    done = run(home)
    assert done.result is not None
    files = [reported.file_of(home, done.result, form) for form in ReportFile]
    assert [file.suffix for file in files if file] == [".pdf", ".pptx", ".xlsx"]
    at = files[0].parent.stat().st_mtime if files[0] else 0.0
    reported.sweep(home, at + 6 * 86_400)
    assert reported.file_of(home, done.result, ReportFile.pdf) is not None
    reported.sweep(home, at + 8 * 86_400)
    assert reported.file_of(home, done.result, ReportFile.pdf) is None


def test_a_form_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(LiaisonError, match="docx is no form of a report"):
        Settings(report_formats="pdf,docx")
    assert Settings().report_formats.split(",") == [form.value for form in ReportFile]
