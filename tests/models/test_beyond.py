"""Barriers and events as visits are measured: read from records, refused by the same rules, held aside if so asked."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine, insert

from benchmarks.worlds import BY_NAME, draw
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.exposures import Exposures, exposures
from liaison.models.beyond import beyond, exposed_panel
from liaison.models.effect import effect
from liaison.models.panel import Panel
from liaison.store import reading, writing
from liaison.store.tables import attendance, barrier, event
from liaison.vocabulary import month_id

MADE = draw(BY_NAME["random"], 7, 300)


def as_exposures(panel: Panel, against: frozenset[str] | None = None) -> Exposures:
    months = {
        (panel.practices[at], panel.months[month]): int(panel.visits[at, month])
        for at, month in zip(*np.nonzero(panel.visits), strict=True)
    }
    return Exposures("events", "Events attended", "came to an event", months, against=against)


def test_exposures_are_estimated_as_visits_are() -> None:
    """What came in with visits comes in with the same months as events, to the digit; nobody was visited beside."""
    quiet = replace(MADE.panel, visits=np.zeros_like(MADE.panel.visits))
    (found,) = beyond(quiet, [as_exposures(MADE.panel)])
    visits = effect(MADE.panel)
    assert found.interval is not None
    assert found.interval[0] == visits.interval()[0]
    assert found.visited == 0
    told = found.as_json()
    assert told["covered"] == len(visits.covered)
    assert "came to an event are compared with" in told["compared"]


def test_the_same_practices_visited_meanwhile_are_said() -> None:
    (found,) = beyond(MADE.panel, [as_exposures(MADE.panel)])
    assert found.visited == 1


def test_too_few_are_refused_in_words_of_their_own() -> None:
    panel = MADE.panel
    few = {(panel.practices[at], panel.months[20]): 1 for at in range(4)}
    (found,) = beyond(panel, [Exposures("barriers", "Barriers resolved", "had a barrier resolved", few)])
    told = found.as_json()
    assert (told["verdict"], told["incremental"], told["lift"]) == ("refused", None, None)
    assert "of them have peers and months after it, and 10 are needed" in told["says"]
    assert told["says"].startswith("There is no number for practices that had a barrier resolved: ")


def test_a_kind_with_its_own_comparison_is_held_against_that_alone() -> None:
    panel = MADE.panel
    aside = frozenset(panel.practices[at] for at in np.flatnonzero(panel.visits.sum(axis=1) == 0))
    some = frozenset(sorted(aside)[:40])
    exposed, places = exposed_panel(panel, as_exposures(panel, against=some))
    assert set(exposed.practices) == {*some, *(name for name in panel.practices if name not in aside)}
    assert [panel.practices[place] for place in places] == list(exposed.practices)
    (found,) = beyond(panel, [as_exposures(panel, against=some)])
    assert found.of.measured.peers == 40
    assert "held aside" in found.compared


def test_what_happened_after_the_panel_or_elsewhere_gives_nothing() -> None:
    later = {(MADE.panel.practices[0], MADE.panel.months[-1] + 1): 1, ("nobody", MADE.panel.months[3]): 1}
    assert beyond(MADE.panel, [Exposures("events", "Events", "came", later)]) == ()


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Home.open(Settings(home=tmp_path_factory.mktemp("beyond"))).store


def test_records_are_read_by_practice_and_month(store: Engine) -> None:
    with reading(store) as connection:
        assert exposures(connection) == ()
    raised = {"raised_on": "2026-01-02", "kind": "access", "what": "slow", "version": 1}
    with writing(store) as connection:
        connection.execute(
            insert(barrier),
            [
                {
                    **raised,
                    "key": "a",
                    "barrier_id": "a",
                    "practice_id": "P1",
                    "resolved_on": "2026-02-03",
                    "voided": None,
                },
                {**raised, "key": "b", "barrier_id": "b", "practice_id": "P1", "resolved_on": None, "voided": None},
                {
                    **raised,
                    "key": "c",
                    "barrier_id": "c",
                    "practice_id": "P2",
                    "resolved_on": "2026-02-03",
                    "voided": "twice",
                },
            ],
        )
        held = {"kind": "webinar", "title": "x", "zone": "UTC", "person_id": "L1", "version": 1}
        connection.execute(
            insert(event),
            [
                {**held, "key": "e", "event_id": "e", "starts_at": "2026-03-05T18:00", "cancelled": None},
                {**held, "key": "off", "event_id": "off", "starts_at": "2026-03-06T18:00", "cancelled": "snow"},
            ],
        )
        line = {"voided": None, "version": 1}
        connection.execute(
            insert(attendance),
            [
                {**line, "event_id": "e", "key": "1", "attendee": "1", "name": "x", "practice_id": "P1"},
                {**line, "event_id": "e", "key": "2", "attendee": "2", "name": "y", "practice_id": "P1"},
                {**line, "event_id": "e", "key": "3", "attendee": "3", "name": "z", "practice_id": None},
                {**line, "event_id": "off", "key": "4", "attendee": "4", "name": "z", "practice_id": "P1"},
            ],
        )
    with reading(store) as connection:
        barriers, events = exposures(connection)
    assert barriers.months == {("P1", month_id("2026-02")): 1}
    assert (events.months, events.nowhere) == ({("P1", month_id("2026-03")): 2}, 1)
