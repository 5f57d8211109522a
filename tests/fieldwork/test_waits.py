"""Waiting times and margins on record: the newest that holds on a day, found by whatever the line is spelled."""

from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork.margins import margins_on
from liaison.fieldwork.waits import Wait, waits_on
from liaison.store import reading, writing
from liaison.vocabulary import comparison_key


def test_the_newest_wait_counts_and_lapses_after_three_months(any_store: Engine) -> None:
    rows = [
        {"service_line": "Neurology", "days": 20.0, "measured_on": "2026-09-01"},
        {"service_line": "neurology", "days": 41.0, "measured_on": "2026-10-01"},
        {"service_line": "Neurology", "days": 90.0, "measured_on": "2026-12-01"},
        {"service_line": "Cardiology", "days": 35.0, "measured_on": "2026-05-01"},
    ]
    with writing(any_store) as conn:
        fieldwork.write(conn, "waits", rows, "ann")
    with reading(any_store) as conn:
        assert waits_on(conn, "2026-11-15") == {"neurology": Wait(41.0, "2026-10-01")}


def test_the_margin_in_force_is_the_newest_that_has_begun(any_store: Engine) -> None:
    rows = [
        {"service_line": "General surgery", "margin": 1650.0},
        {"service_line": "General surgery", "margin": 1716.0, "starts": "2026-01-01", "source": "finance"},
        {"service_line": "General surgery", "margin": 2000.0, "starts": "2027-01-01"},
    ]
    with writing(any_store) as conn:
        fieldwork.write(conn, "margins", rows, "ann")
    with reading(any_store) as conn:
        found = margins_on(conn, "2026-11-15")[comparison_key("general_surgery")]
    assert (found.amount, found.source) == (1716.0, "finance")
