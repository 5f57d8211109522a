"""A mapping says how their file reads as ours; what is wrong with it is said before any row is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.formats import format_named
from liaison.ingest.mapping import Mapping, fitted, parse
from liaison.ingest.saved import all_saved, load, remove, save
from tests.ingest.helpers import GOOD, by_id, csv_text, facts, file, take

THEIRS = csv_text(
    [
        ["1", "01/31/2026", GOOD, "Elm", "Non-Preferred", "p1"],
        ["2", "02/01/2026", GOOD, "Oak", "PREFERRED", "p2"],
        ["3", "02/02/2026", GOOD, "Oak", "-", "p3"],
    ],
    "REFERRAL_ID,ENTRY_DATE,DOC_NPI,SITE,NET,PAT_ID",
)
MAPPING = """
format = "referrals"
[columns]
created_on = "ENTRY_DATE"
referring_npi = "DOC_NPI"
referring_practice = "SITE"
destination_organisation = "SITE"
network_status = "net"
[dates]
created_on = "%m/%d/%Y"
[values.network_status]
"Non-Preferred" = "out"
preferred = "in"
"-" = ""
[constants]
source = "epic-main"
priority = "stat"
[identifiers]
PAT_ID = "drop"
"""


def test_a_file_of_theirs_reads_as_ours(home: Home, tmp_path: Path) -> None:
    """Columns in any case, two fields from one column, their words, constants; unmapped columns by our own names."""
    found = take(home, file(tmp_path, THEIRS), mapping=MAPPING)
    rows = by_id(home)
    assert found.rows_accepted == 3
    assert [rows[i]["network_status"] for i in "123"] == ["out", "in", None]
    assert {(r["source"], r["priority"]) for r in facts(home)} == {("epic-main", "stat")}
    assert [rows[i]["referring_practice"] for i in "123"] == [rows[i]["destination_organisation"] for i in "123"]
    assert [rows[i]["month_id"] % 12 + 1 for i in "123"] == [1, 2, 2]


def test_a_mapping_for_another_format_is_refused(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="The mapping is for referrals, not for visits"):
        take(home, file(tmp_path, THEIRS), "visits", mapping=MAPPING)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format = ", "is not TOML"),
        ("[columns]\na = 'b'", "names no format"),
        ('format = "referrals"\n[colums]\na = "b"', "colums is not known, did you mean columns"),
        ('format = "referrals"\n[columns]\na = 3', "[columns] a must be text"),
        ('format = "referrals"\n[identifiers]\nmrn = "keep"', '[identifiers] mrn must be "drop" or "hash"'),
        ('format = "referrals"\n[values]\npriority = "x"', "[values.priority] must be a table"),
        ('format = "referrals"\ndelimiter = "||"', "delimiter must be one character"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(text: str, says: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        parse(text, "m.toml")
    assert says in refused.value.what
    assert refused.value.where
    assert refused.value.where.file == "m.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[columns]\nreferal_id = "x"', "has no field referal_id, did you mean referral_id"),
        ('[dates]\ncreated_on = "mm/dd/yyyy"', "[dates] created_on: mm/dd/yyyy must hold day, month and year"),
        ('[dates]\nmargin = "%Y-%m-%d"', "[dates] margin is no date"),
        ('[values.priority]\nx = "soon"', "[values.priority] soon is not one of routine, urgent, stat"),
        ('[constants]\nvantage = "seen"', "[constants] vantage is not one of ordered, received, claims"),
        ('[constants]\ncreated_on = "soon"', "[constants] created_on is not a date"),
        ('[columns]\nsource = "S"\n[constants]\nsource = "x"', "source has both a column and a constant"),
    ],
)
def test_what_does_not_fit_the_format_is_said(text: str, says: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        fitted(parse(f'format = "referrals"\n{text}'), format_named("referrals"))
    assert says in refused.value.what


def test_a_column_that_is_not_there_is_named_with_the_nearest(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        take(home, file(tmp_path, THEIRS), mapping=MAPPING.replace("ENTRY_DATE", "ENTRY_DAT"))
    assert "no column ENTRY_DAT, which the mapping names" in refused.value.what
    assert "Did you mean ENTRY_DATE?" in refused.value.remedy


def test_missing_columns_are_named_with_the_mapping_that_would_mend_it(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        take(home, file(tmp_path, "referral_number,created,practice\n1,2026-01-05,Elm\n", "week.csv"))
    assert "week.csv has no column referral_id." in refused.value.what
    assert "week.csv has no column created_on." in refused.value.what
    assert "week.csv has no column referring_npi or referring_practice." in refused.value.what
    assert '[columns] created_on = "created"' in refused.value.remedy


def test_a_doubled_column_is_refused_where_it_is_needed(home: Home, tmp_path: Path) -> None:
    text = "referral_id,created_on,referring_practice,x,x,created_on\n1,2026-01-05,Elm,,,2026-01-06\n"
    with pytest.raises(LiaisonError, match="2 columns called created_on"):
        take(home, file(tmp_path, text))


def test_unknown_columns_are_named_and_not_kept(home: Home, tmp_path: Path) -> None:
    text = csv_text([["1", "2026-01-05", "Elm", "x", "y", ""]], "referral_id,created_on,referring_practice,colour,,")
    found = take(home, file(tmp_path, text))
    assert "referrals.csv: 1 column was not used: colour." in found.notes


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
tables = st.dictionaries(words, words, max_size=4)


@given(
    columns=tables, dates=tables, constants=tables, values=st.dictionaries(words, tables, max_size=3),
    identifiers=st.dictionaries(words, st.sampled_from(["drop", "hash"]), max_size=3),
)  # fmt: skip
def test_what_is_written_is_read_back(
    columns: dict[str, str],
    dates: dict[str, str],
    constants: dict[str, str],
    values: dict[str, dict[str, str]],
    identifiers: dict[str, str],
) -> None:
    values = {name: table for name, table in values.items() if table}
    mapping = Mapping("referrals", columns, dates, values, constants, identifiers, delimiter=";")
    assert parse(mapping.to_toml()) == mapping


def test_a_mapping_is_kept_by_name(home: Home) -> None:
    mapping = parse(MAPPING)
    save(home, "Epic north", mapping, "ann")
    save(home, "Epic north", mapping, "bob")
    assert [(s.name, s.saved_by) for s in all_saved(home, "referrals")] == [("Epic north", "bob")]
    assert load(home, "Epic north") == mapping
    with pytest.raises(LiaisonError, match="Did you mean Epic north"):
        load(home, "Epic nort")
    remove(home, "Epic north")
    assert all_saved(home) == []
