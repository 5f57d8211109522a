"""The demo market enters by the front door, once, into a home that holds nothing else."""

import json
from pathlib import Path

import pytest

from liaison.access import owner
from liaison.config import Settings
from liaison.demo.build import DemoBuilt
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.run import import_files
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import By, leakage
from liaison.vocabulary import Audience
from tests.demo.conftest import small


def test_every_referral_is_in_and_none_refused(home: Home, built: DemoBuilt) -> None:
    batches = home.live().manifest.batches
    assert built.referrals == 4_000
    assert built.practices == 60
    assert built.data_version == home.live().data_version
    assert len(batches) == 11
    assert batches["rows_rejected"].sum() == 0
    referrals = batches[batches["format"] == "referrals"].iloc[0]
    assert (referrals["rows_accepted"], referrals["source"]) == (4_000, "demo-ehr")
    assert json.loads(referrals["files"]) == ["referrals.parquet"]


def test_bad_npis_are_counted_at_import(home: Home, built: DemoBuilt, folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    batches = home.live().manifest.batches
    counts = json.loads(batches[batches["format"] == "referrals"].iloc[0]["counts"])
    assert counts["npi_invalid"] == truth["shapes"]["rows"]["npi_invalid"]


@pytest.mark.parametrize("by", ["service_line", "practice", "territory", "month"])
def test_leakage_as_pages_show_it_equals_the_truth(home: Home, built: DemoBuilt, folder: Path, by: By) -> None:
    told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["leakage"]
    window = Filters(first="2023-11", last="2026-10")
    found = leakage(home.live(), owner(), Audience.inside, window, by)
    total = told["total"]
    assert (found.total.numerator, found.total.denominator) == (total["numerator"], total["denominator"])
    assert found.total.beside["not_completed"] == total["not_completed"]
    shown = {
        row.key: (row.figure.numerator, row.figure.denominator, row.figure.beside["unknown"])
        for row in found.rows
        if row.figure.denominator or row.figure.beside["unknown"]
    }
    expected = {
        key: (share["numerator"], share["denominator"], share["unknown"])
        for key, share in told[by].items()
        if share["denominator"] or share["unknown"]
    }
    assert shown == expected


def test_progress_only_goes_forward_and_ends_full(built: DemoBuilt, said: list[tuple[float, str]]) -> None:
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert said[-1] == (1.0, "The demo market is ready")


def test_a_home_that_holds_facts_is_refused(home: Home, built: DemoBuilt) -> None:
    with pytest.raises(LiaisonError) as refused:
        small(home)
    assert "already holds data" in str(refused.value)
    assert home.live().data_version == built.data_version


def test_a_home_with_ones_own_practices_is_refused(tmp_path: Path) -> None:
    home = Home.open(Settings(home=tmp_path / "home"))
    (tmp_path / "own.csv").write_text("practice_id,name\nE1,Elm Street\n", encoding="utf-8")
    import_files(home, "practices", [tmp_path / "own.csv"])
    with pytest.raises(LiaisonError):
        small(home)


def test_the_same_options_give_the_same_batches(home: Home, built: DemoBuilt, tmp_path: Path) -> None:
    again = Home.open(Settings(home=tmp_path / "again"))
    small(again)
    assert list(again.live().manifest.batches["batch_id"]) == list(home.live().manifest.batches["batch_id"])
