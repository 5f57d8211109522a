"""The team's own market as a panel: which referrals and which visits count, written down by hand."""

import ast
import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.facts.rollups import practice_month
from liaison.fieldwork.records import write
from liaison.ingest.run import import_files
from liaison.models.market import Market, TooLittleError, market
from liaison.store import writing
from liaison.vocabulary import month_id, month_text
from tests.house.tree import parsed, python_files

FIRST = month_id("2024-01")
MONTHS = 24
Row = tuple[str, int, str, str, str]  # practice, month from 0, status, line, vantage


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path / "own"))
    yield opened
    opened.close()


def refer(home: Home, rows: Sequence[Row], source: str = "epic", as_of: str = "2026-01-02") -> None:
    file = home.path.parent / f"{source}.csv"
    with file.open("w", newline="") as target:
        out = csv.writer(target)
        out.writerow("referral_id created_on referring_practice network_status service_line vantage".split())
        for number, (practice, month, status, line, vantage) in enumerate(rows):
            out.writerow([f"{source}{number}", f"{month_text(FIRST + month)}-05", practice, status, line, vantage])
    import_files(home, "referrals", [file], source=source, as_of=date.fromisoformat(as_of))


def keep(home: Home, kind: str, *rows: dict[str, object]) -> None:
    with writing(home.store) as connection:
        write(connection, kind, rows, "ann")


def steady(practice: str, status: str = "in", vantage: str = "ordered") -> list[Row]:
    return [(practice, month, status, "cardiology", vantage) for month in range(MONTHS)]


def row(of: Market, name: str) -> int:
    """The place of a practice in the panel, by the end of its id."""
    return of.panel.practices.index(name)


@pytest.fixture
def practices(home: Home) -> Home:
    for number in (1, 2, 3):
        keep(home, "practices", {"practice_id": f"P{number}", "name": f"Practice {number}", "type": "Family medicine"})
    keep(home, "people", {"person_id": "L1", "name": "Ann Lee"}, {"person_id": "L2", "name": "Bo Day"})
    return home


def test_in_and_out_are_counted_apart_and_only_what_is_seen(practices: Home) -> None:
    elsewhere = [("P1", 3, "out", "neurology", "ordered")] * 4 + [("P1", 3, "unknown", "neurology", "ordered")] * 2
    refer(practices, [*steady("P1"), *elsewhere, *steady("P2", vantage="received")])
    of = market(practices.live())
    first, second, third = (row(of, name) for name in ("P1", "P2", "P3"))
    assert of.panel.months == tuple(range(FIRST, FIRST + MONTHS))
    assert of.panel.referrals_in[first].tolist() == [1.0] * MONTHS
    assert of.panel.referrals_out[first].tolist() == [4.0 if month == 3 else 0.0 for month in range(MONTHS)]
    assert of.panel.referrals_in[second].tolist() == [1.0] * MONTHS
    assert np.isnan(of.panel.referrals_out[second]).all()  # what only came to us says nothing of the rest
    assert not of.panel.referrals_in[third].any()  # on record, never sent: ranked, not foreseen
    assert np.isnan(of.panel.referrals_out[third]).all()
    assert of.for_outlook()[0].practices == ("P1", "P2")


def test_vantages_are_never_added_up(practices: Home) -> None:
    claims = [("P1", month, "in", "cardiology", "claims") for month in range(MONTHS)]
    refer(practices, [*claims, *[r for r in steady("P1") if r[1] >= 12]])
    counted = market(practices.live()).panel.referrals_in[0]
    assert counted.tolist() == [1.0] * MONTHS  # claims for a year, then orders; never two for one month


def test_lines_are_of_what_came_to_us(practices: Home) -> None:
    refer(practices, [*steady("P1"), ("P1", 5, "in", "urology", "ordered"), ("P1", 5, "out", "urology", "ordered")])
    of = market(practices.live())
    assert of.lines == ("cardiology", "urology")
    assert of.by_line[row(of, "P1"), :, 5].tolist() == [1.0, 1.0]
    assert (of.by_line.sum(axis=1) == of.panel.referrals_in).all()


def test_a_source_that_lags_ends_the_months_and_one_that_ended_does_not(practices: Home) -> None:
    refer(practices, steady("P1"))
    refer(practices, steady("P2")[:22], source="cerner", as_of="2025-11-03")
    assert market(practices.live()).panel.months[-1] == month_id("2025-10")
    refer(practices, steady("P3")[:6], source="paper", as_of="2024-07-03")
    of = market(practices.live())
    assert of.panel.months[-1] == month_id("2025-10")
    assert any(note.startswith("paper ends with Jun 2024") for note in of.notes)


def visit(number: int, day: str, **more: object) -> dict[str, object]:
    return {"visit_id": f"V{number}", "person_id": "L1", "date": day, "practice_id": "P1"} | more


def test_drop_bys_calls_and_mails_are_no_visits(practices: Home) -> None:
    refer(practices, [*steady("P1"), *steady("P2")])
    keep(
        practices,
        "visits",
        visit(1, "2025-03-04", channel="in_person", purpose="ask"),
        visit(2, "2025-03-20", channel="in_person", purpose="introduction"),
        visit(3, "2025-04-04", channel="in_person", purpose="drop_by"),
        visit(4, "2025-05-04", channel="phone", purpose="follow_up"),
        visit(5, "2025-06-04", channel="email", purpose="ask"),
        visit(6, "2025-07-04"),  # a log without purposes is a log all the same
        visit(7, "2026-01-15", channel="in_person", purpose="ask"),  # after what is known of referrals
    )
    of = market(practices.live())
    visits = of.panel.visits[row(of, "P1")]
    assert {month_text(FIRST + int(m)): visits[m] for m in np.flatnonzero(visits)} == {"2025-03": 2, "2025-07": 1}
    assert "3 contacts are no visits here: calls, mails and drop-bys are kept apart." in of.notes


def test_a_visit_to_a_provider_counts_where_the_provider_works(practices: Home) -> None:
    refer(practices, [*steady("P1"), *steady("P2")])
    only, both = "1000000004", "1000000012"
    for npi, place in ((only, "P2"), (both, "P1"), (both, "P2")):
        keep(practices, "providers", {"npi": npi, "name": "Dr Elm", "practice_id": place})
    for number, npi in enumerate((only, both)):
        keep(practices, "visits", {"visit_id": f"N{number}", "person_id": "L1", "date": "2025-05-04", "npi": npi})
    of = market(practices.live())
    assert of.panel.visits.sum(axis=1).tolist() == [0.0, 1.0, 0.0]
    assert "1 visits name a provider who is on record at no practice, or at several." in of.notes


@pytest.mark.parametrize(
    ("since", "began", "ranked_from"),
    [
        ("2024-04", None, "2024-04"),  # earlier visits may be missing: those months are not ranked by
        ("2024-04", "2024-04-01", "2024-01"),  # began then: there were none before
        ("2025-10", None, "2024-01"),  # too few months would be left: used, and said
        ("2023-10", None, "2024-01"),
    ],
)
def test_a_log_that_starts_late(practices: Home, since: str, began: str | None, ranked_from: str) -> None:
    refer(practices, [*steady("P1"), *steady("P2")])
    keep(practices, "people", {"person_id": "L1", "name": "Ann Lee", "starts": began, "visits_complete_from": since})
    keep(practices, "visits", visit(1, "2025-11-04"))
    of = market(practices.live())
    assert month_text(of.for_ranking().months[0]) == ranked_from
    assert of.for_outlook()[0].months[0] == FIRST
    named = any(note.startswith("Visits of Ann Lee are all on record since") for note in of.notes)
    assert named is (began is None and since > "2024-01")


def test_traits_are_those_on_record(practices: Home) -> None:
    refer(practices, [*steady("P1"), *steady("P2")])
    keep(practices, "providers", {"npi": "1000000004", "name": "Dr Elm", "practice_id": "P1"})
    keep(practices, "assignments", {"practice_id": "P1", "person_id": "L1"})
    traits = market(practices.live()).panel.covariates
    assert traits["size"].fillna(0).tolist() == [1, 0, 0]
    assert traits["specialty"].tolist() == ["familymedicine"] * 3
    assert traits["region"].tolist() == ["not known"] * 3
    assert traits["liaison"].tolist() == ["L1", "not known", "not known"]


def test_nothing_after_the_month_asked_for_is_looked_at(practices: Home) -> None:
    refer(practices, [*steady("P1"), *steady("P2")])
    keep(practices, "visits", visit(1, "2025-03-04"), visit(2, "2024-11-04"))
    of = market(practices.live(), month_id("2024-12"))
    assert of.panel.months[-1] == month_id("2024-12")
    assert of.panel.visits.sum() == 1
    with pytest.raises(LiaisonError, match="known to the end of Dec 2025, not of Jan 2026"):
        market(practices.live(), month_id("2026-01"))


def test_too_few_months_are_refused(home: Home) -> None:
    with pytest.raises(TooLittleError, match="There are 0 complete months"):
        market(home.live())
    refer(home, steady("P1")[:5], as_of="2024-06-03")
    with pytest.raises(TooLittleError, match="There are 5 complete months"):
        market(home.live())


def test_no_margin_payer_or_gift_is_read_on_the_way_to_the_list() -> None:
    lists = ("ranking", "outlook", "panel.py", "panel_file.py", "market.py", "similar.py", "fairness.py")
    models = [f"liaison/models/{part}" for part in lists]
    stored = [f"liaison/models/stored/{part}.py" for part in ("guards", "choices", "write", "runs", "next_visits")]
    on_the_way = (
        *models,
        *stored,
        "liaison/jobs/ranked.py",
        "liaison/fieldwork/counted.py",
        "liaison/fieldwork/visits.py",
    )
    counted = ("liaison/metrics/practice_months.py", "liaison/metrics/practice_traits.py")
    read = {
        name.name
        for path in python_files(*on_the_way, *counted)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "liaison.store.tables"
        for name in node.names
    }
    assert {"visit", "practice"} <= read
    assert not {name for name in read if any(word in name for word in ("margin", "cost", "gift", "meal"))}
    assert not {"payer", "priority"} & {column.name for column in practice_month.columns}
