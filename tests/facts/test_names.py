"""How names in files are read where the drawn rules are silent."""

from liaison.access import owner
from liaison.facts.home import Home
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import By, leakage
from liaison.vocabulary import NONE, Audience
from tests.facts.staged import enter

ROW = {"created_on": "2026-03-02", "network_status": "out"}


def keys(home: Home, by: By) -> set[str]:
    return {row.key for row in leakage(home.live(), owner(), Audience.inside, Filters(), by).rows}


def test_punctuation_alone_is_no_name(home: Home) -> None:
    blank = {"referring_practice": "--", "service_line": "-", "destination_organisation": "?", "payer": "."}
    enter(home, "b", "2026-04-02", [{**ROW, **blank, "referral_id": "1", "out_of_network_reason": "..."}])
    dimensions: tuple[By, ...] = ("practice", "service_line", "organisation", "payer", "cause")
    assert {by: keys(home, by) for by in dimensions} == {by: {NONE} for by in dimensions}


def test_spellings_of_one_category_are_one_row_under_the_usual_spelling(home: Home) -> None:
    lines = ["Heart failure", "heart-failure", "Heart failure", "HEARTFAILURE"]
    rows = [{**ROW, "referral_id": str(i), "service_line": line} for i, line in enumerate(lines)]
    enter(home, "b", "2026-04-02", rows)
    assert keys(home, "service_line") == {"Heart failure"}
