"""`import` and `forget` as scripts use them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEYS = {
    *("batch", "rows_read", "rows_accepted", "rows_rejected", "rows_new", "rows_updated", "rows_unchanged"),
    *("npi_invalid", "without_referrer", "rejects", "rejects_file", "notes", "data_version", "seconds"),
}
GOOD = "referral_id,created_on,referring_practice,network_status\n" + "".join(
    f"{n},2026-0{n % 3 + 1}-10,Elm Street,{'out' if n % 4 == 0 else 'in'}\n" for n in range(40)
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.csv"
    file.write_text(GOOD)
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """40 good rows, then one without a date and one with a word for a date."""
    file = tmp_path / "bad.csv"
    file.write_text(GOOD + "40,,Elm Street,in\n41,soon,Elm Street,in\n")
    return file


def test_an_import_says_what_it_did(run: Run, good: Path) -> None:
    said = run("import", "referrals", str(good), "--as-of", "2026-05-01", "--json")
    assert said.code == 0
    assert set(said.json) >= KEYS
    assert (said.json["rows_read"], said.json["rows_accepted"], said.json["rows_new"]) == (40, 40, 40)
    total = run("leakage", "--json").json["total"]
    assert (total["numerator"], total["denominator"], total["value"]) == (10, 40, 0.25)


def test_progress_goes_to_stderr_and_json_stands_alone(process: Run, good: Path) -> None:
    said = process("import", "referrals", str(good), "--json")
    assert json.loads(said.out)["rows_read"] == 40
    assert "Reading" in said.err


def test_bad_rows_are_listed_and_good_ones_go_in(run: Run, bad: Path) -> None:
    said = run("import", "referrals", str(bad), "--json")
    assert said.code == 0  # 2 of 42 are less than 5%
    assert (said.json["rows_read"], said.json["rows_accepted"], said.json["rows_rejected"]) == (42, 40, 2)
    assert [(r["row"], r["column"]) for r in said.json["rejects"]] == [(42, "created_on"), (43, "created_on")]
    assert all(r["file"] == "bad.csv" and r["reason"] and r["remedy"] for r in said.json["rejects"])


def test_a_refused_import_has_the_error_and_the_rejects_beside_it(run: Run, bad: Path) -> None:
    bad.write_text("\n".join(bad.read_text().splitlines()[:11]) + "\n40,,Elm Street,in\n")
    said = run("import", "referrals", str(bad), "--json")
    assert said.code == 1
    assert set(said.json["error"]) == {"message", "where", "remedy"}
    assert (said.json["rows_read"], said.json["rows_rejected"]) == (11, 1)
    assert said.json["rejects"][0]["row"] == 12
    assert run("leakage", "--json").json["total"]["denominator"] == 0
    assert run("import", "referrals", str(bad), "--allow-rejects", "--json").json["rows_accepted"] == 10


def test_a_dry_run_stores_nothing(run: Run, good: Path) -> None:
    said = run("import", "referrals", str(good), "--dry-run", "--json")
    assert (said.code, said.json["rows_accepted"]) == (0, 40)
    assert run("leakage", "--json").json["total"]["denominator"] == 0


def test_forgetting_takes_it_out_and_importing_brings_it_back(run: Run, good: Path) -> None:
    batch = run("import", "referrals", str(good), "--as-of", "2026-05-01", "--json").json["batch"]
    forgotten = run("forget", batch, "--json")
    assert (forgotten.code, set(forgotten.json)) == (0, {"data_version"})
    assert run("leakage", "--json").json["total"]["denominator"] == 0
    assert run("import", "referrals", str(good), "--as-of", "2026-05-01", "--json").json["batch"] == batch
    assert run("leakage", "--json").json["total"]["denominator"] == 40


def test_an_unknown_format_names_the_near_one(run: Run, good: Path) -> None:
    said = run("import", "referal", str(good), "--json")
    assert said.code == 1
    assert "referrals" in said.json["error"]["message"] + said.json["error"]["remedy"]


def test_the_demo_market_fills_an_empty_home_only(run: Run, tmp_path: Path) -> None:
    options = ["--practices", "40", "--referrals", "2000", "--months", "24", "--until", "2026-06"]
    said = run("demo", *options, "--truth", str(tmp_path / "truth.json"), "--json")
    assert said.code == 0
    assert set(said.json) == {"data_version", "practices", "referrals", "seconds"}
    assert (said.json["practices"], said.json["referrals"]) == (40, 2000)
    assert json.loads((tmp_path / "truth.json").read_text())
    assert run("demo", "--seed", "2", *options, "--json").code == 1
    assert run("check", "--full", "--json").json == {"ok": True, "problems": [], "notes": []}
