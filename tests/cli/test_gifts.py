"""The command of the ledger: enters, refuses, voids, prints the year; and no other command prints any of it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ONE = "1234567893"


@pytest.fixture
def physician(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "providers.csv"
    file.write_text(f"npi,name\n{ONE},Jo Lee\n", encoding="utf-8")
    assert run("import", "providers", str(file)).code == 0
    return ONE


def test_an_entry_is_made_refused_past_the_limit_and_voided(run: Run, physician: str) -> None:
    entry = ("gifts", "--npi", physician, "--occasion", "Basket", "--on", "2026-03-02")
    made = run(*entry, "--dollars", "500", "--json")
    assert made.json["physicians"][0]["state"] == "near the limit"
    refused = run(*entry, "--dollars", "35.01", "--json")
    assert refused.code == 1
    assert "passes the limit of 2026 by $0.01" in refused.json["error"]["message"]
    gift_id = made.json["entries"][0]["gift_id"]
    assert run("gifts", "--void", gift_id, "--json").code == 1  # without a reason
    voided = run("gifts", "--void", gift_id, "--reason", "Entered twice", "--year", "2026", "--json")
    assert (voided.json["physicians"], voided.json["entries"][0]["voided"]) == ([], "Entered twice")


def test_a_meal_is_split_over_all_who_ate(run: Run, physician: str) -> None:
    lunch = ("gifts", "--npi", physician, "--kind", "meal", "--occasion", "Lunch", "--on", "2026-03-02")
    told = run(*lunch, "--dollars", "100", "--ate", "8", "--json").json
    assert (told["entries"][0]["amount"], told["entries"][0]["meal_total"]) == (12.5, 100)


def test_a_command_about_practices_prints_no_gift(run: Run, market: Path) -> None:
    file = market.parent / "providers.csv"
    file.write_text(f"npi,name\n{ONE},Jo Lee\n", encoding="utf-8")
    assert run("import", "providers", str(file), home=market).code == 0
    entry = ("gifts", "--npi", ONE, "--dollars", "77.77", "--occasion", "Zither", "--on", "2026-03-02")
    assert "Zither" in run(*entry, home=market).out
    for command in (("practices",), ("volume", "--by", "practice"), ("leakage", "--by", "practice"), ("check",)):
        told = run(*command, "--json", home=market)
        assert told.code == 0, told.err
        assert [word for word in ("77.77", "Zither") if word in told.out + told.err] == [], command
