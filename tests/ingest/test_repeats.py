"""The same again changes nothing; a later extract replaces; a key twice in a file counts once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liaison.errors import LiaisonError
from liaison.facts.engines import csv_facts
from liaison.facts.home import Home
from liaison.ingest.run import forget
from liaison.metrics.registry import provider
from tests.ingest.helpers import GOOD, by_id, csv_text, facts, file, good_rows, take

EPOCH = date(1970, 1, 1)


def test_a_repeat_changes_nothing_and_says_so(home: Home, tmp_path: Path) -> None:
    rows = [*good_rows(40), ["X", "?", GOOD, ""]]
    first = take(home, file(tmp_path, csv_text(rows)))
    again = take(home, file(tmp_path, csv_text(rows), "another-name.csv"))
    assert (again.batch, again.data_version, again.repeated) == (first.batch, first.data_version, True)
    assert (again.rows_new, again.rows_updated, again.rows_unchanged) == (0, 0, 40)
    assert again.rejects == first.rejects
    assert "nothing was changed" in again.notes[0]
    assert len(facts(home)) == 40


@pytest.mark.parametrize(
    "other",
    [
        {"source": "clinic"},
        {"as_of": date(2026, 3, 1)},
        {"mapping": 'format="referrals"\n[constants]\npriority="stat"'},
    ],
)
def test_another_source_day_or_mapping_is_another_batch(home: Home, tmp_path: Path, other: dict[str, Any]) -> None:
    path = file(tmp_path, csv_text(good_rows(2)))
    assert take(home, path).batch != take(home, path, **other).batch


def test_a_forgotten_batch_comes_back(home: Home, tmp_path: Path) -> None:
    path = file(tmp_path, csv_text(good_rows(3)))
    first = take(home, path)
    version = forget(home, first.batch)
    assert facts(home) == []
    back = take(home, path)
    assert (back.batch, back.rows_new, back.data_version > version) == (first.batch, 3, True)
    assert len(facts(home)) == 3


def test_forgetting_what_is_not_there_says_what_is(home: Home, tmp_path: Path) -> None:
    batch = take(home, file(tmp_path, csv_text(good_rows(1)))).batch
    with pytest.raises(LiaisonError, match=f"Did you mean {batch}"):
        forget(home, batch[:-1] + "0" if batch[-1] != "0" else batch[:-1] + "1")
    forget(home, batch)
    with pytest.raises(LiaisonError, match="forgotten already"):
        forget(home, batch)


def test_next_weeks_extract_is_counted_against_this_weeks(home: Home, tmp_path: Path) -> None:
    header = "referral_id,created_on,referring_practice,seen_on"
    week1 = csv_text([["A", "2026-01-05", "Elm", ""], ["B", "2026-01-05", "Elm", ""]], header)
    week2 = csv_text(
        [["A", "2026-01-05", "Elm", ""], ["B", "2026-01-05", "Elm", "2026-01-09"], ["C", "2026-01-12", "Elm", ""]],
        header,
    )
    take(home, file(tmp_path, week1, "w1.csv"))
    found = take(home, file(tmp_path, week2, "w2.csv"))
    assert (found.rows_new, found.rows_updated, found.rows_unchanged) == (1, 1, 1)


def test_a_key_twice_with_equal_content_counts_once_with_a_note(home: Home, tmp_path: Path) -> None:
    found = take(home, file(tmp_path, csv_text([*good_rows(3), *good_rows(2)])))
    assert (found.rows_accepted, found.rows_new) == (5, 3)
    assert any("2 referrals stand more than once in the files with equal content" in note for note in found.notes)
    assert len(facts(home)) == 3


def test_a_key_twice_with_different_content_keeps_the_last_with_a_warning(home: Home, tmp_path: Path) -> None:
    one = file(
        tmp_path,
        csv_text(
            [["A", "2026-01-05", GOOD, "Elm"], ["A", "2026-01-05", GOOD, "Oak"], ["B", "2026-01-05", GOOD, "Elm"]]
        ),
        "1.csv",
    )
    two = file(tmp_path, csv_text([["A", "2026-01-05", GOOD, "Pine"], ["B", "2026-01-05", GOOD, "Elm"]]), "2.csv")
    found = take(home, [one, two])
    assert (found.rows_accepted, found.rows_new) == (5, 2)
    warnings = [n for n in found.notes if n.startswith("Warning")]
    assert warnings == [
        "Warning: 1 referrals stand more than once in the files with different content; the last row counts."
    ]
    assert {name: row["referring_practice"] for name, row in by_id(home).items()} == {"A": "Pine", "B": "Elm"}


def test_the_same_id_of_another_source_is_another_referral(home: Home, tmp_path: Path) -> None:
    text = csv_text(
        [["A", "2026-01-05", "Elm", "one"], ["A", "2026-01-05", "Elm", "two"], ["A", "2026-01-05", "Elm", ""]],
        "referral_id,created_on,referring_practice,source",
    )
    assert take(home, file(tmp_path, text), source="three").rows_new == 3
    assert {row["source"] for row in facts(home)} == {"one", "two", "three"}


def test_keys_of_many_rows_are_compared_in_parts(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part of the hashes is looked through by itself, so that memory stays bounded."""
    monkeypatch.setattr(csv_facts, "ROWS_AT_ONCE", 7)
    rows = [*good_rows(50), *good_rows(5)]
    found = take(home, file(tmp_path, csv_text(rows)))
    assert (found.rows_accepted, found.rows_new) == (55, 50)


def test_the_extracts_day_is_its_newest_date_but_for_appointments_and_what_lies_ahead(
    home: Home, tmp_path: Path
) -> None:
    header = "referral_id,created_on,referring_practice,appointment_on,seen_on"
    text = csv_text(
        [
            ["A", "2025-01-05", "Elm", "2025-09-01", ""],
            ["B", "2025-02-05", "Elm", "", "2025-03-01"],
            ["C", "2025-02-05", "Elm", "", "2099-01-01"],
        ],
        header,
    )
    assert EPOCH.fromordinal(EPOCH.toordinal() + take(home, file(tmp_path, text)).as_of) == date(2025, 3, 1)


def test_an_old_registry_file_does_not_replace_a_newer_one(home: Home, tmp_path: Path) -> None:
    head = "NPI,Entity Type Code,Provider Last Name (Legal Name),Provider First Name,Last Update Date\n"
    take(home, file(tmp_path, f"{head}{GOOD},1,NEW,ANN,04/03/2025\n", "new.csv"), "nppes")
    old = take(home, file(tmp_path, f"{head}{GOOD},1,OLD,ANN,11/25/2014\n", "old.csv"), "nppes")
    assert EPOCH.fromordinal(EPOCH.toordinal() + old.as_of) == date(2014, 11, 25)
    assert provider(home.live(), GOOD).name == "ANN NEW"


def test_a_dry_run_counts_and_changes_nothing(home: Home, tmp_path: Path) -> None:
    take(home, file(tmp_path, csv_text(good_rows(20))))
    before = sorted(p.name for p in home.path.rglob("*") if p.is_file())
    tried = take(home, file(tmp_path, csv_text([*good_rows(30), ["X", "?", "", ""]]), "new.csv"), dry_run=True)
    assert (tried.rows_read, tried.rows_new, tried.rows_unchanged, tried.rows_rejected) == (31, 10, 20, 1)
    assert tried.rejects_file is None
    assert sorted(p.name for p in home.path.rglob("*") if p.is_file()) == before
    assert len(facts(home)) == 20


def test_a_dry_run_of_records_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = file(tmp_path, "practice_id,name\nE1,Elm\nE2,Oak\n")
    assert take(home, path, "practices", dry_run=True).rows_new == 2
    done = take(home, path, "practices")
    assert (done.rows_new, done.repeated) == (2, False)


def test_practices_that_come_after_the_referrals_are_counted_anew(home: Home, tmp_path: Path) -> None:
    first = take(home, file(tmp_path, csv_text(good_rows(3))))
    later = take(home, file(tmp_path, "practice_id,name\nE1,Elm Street\n"), "practices")
    assert later.data_version > first.data_version
    labels = home.live().label_of
    assert labels["practice", "E1"] == "Elm Street"


def test_progress_goes_up_and_says_what_is_done(home: Home, tmp_path: Path) -> None:
    heard: list[tuple[float, str]] = []
    take(home, file(tmp_path, csv_text(good_rows(3))), progress=lambda share, words: heard.append((share, words)))
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert (shares[-1], heard[-1][1]) == (1.0, "Done")
    assert "Reading referrals.csv" in {words for _, words in heard}
