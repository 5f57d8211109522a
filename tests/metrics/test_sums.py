"""Breakdowns added up: coarser rows and windows equal what is counted by themselves; hidden ones are never added."""

from dataclasses import replace

import pytest

from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.figure import Coverage, Figure, Unit
from liaison.metrics.sums import added, along, within
from liaison.metrics.window import Window
from liaison.vocabulary import month_id

WINDOW = Window(month_id("2026-01"), month_id("2026-03"))


def figure(out: int, known: int, unknown: int) -> Figure:
    return Figure(
        "leakage",
        out / known if known else None,
        Unit.share,
        WINDOW,
        out,
        known,
        Coverage(known, known + unknown, "Destination known"),
        beside={"unknown": unknown, "not_completed": 0},
    )


def breakdown(by: str, rows: list[Row]) -> Breakdown:
    return Breakdown(by, figure(9, 30, 5), tuple(rows), WINDOW, None, None)


def pair(practice: str, line: str, numbers: tuple[int, int, int], seen: bool = True) -> Row:
    more = {"practice": practice, "practice_label": practice.title(), "observable": seen}
    return Row(f"{practice}|{line}", "", figure(*numbers), more | {"line": line, "line_label": line.title()})


def test_pairs_add_up_to_one_dimension_that_loses_most_first() -> None:
    # elm: 2 + 1 of 8 + 2; oak: 6 of 20.
    found = breakdown(
        "practice+line", [pair("elm", "a", (2, 8, 1)), pair("elm", "b", (1, 2, 0)), pair("oak", "a", (6, 20, 4))]
    )
    rows = along(found, "practice").rows
    assert [(r.key, r.label, r.figure.numerator, r.figure.denominator) for r in rows] == [
        ("oak", "Oak", 6, 20),
        ("elm", "Elm", 3, 10),
    ]
    assert rows[1].figure.value == pytest.approx(0.3)
    assert rows[1].figure.beside["unknown"] == 1
    assert str(rows[1].figure.coverage) == "Destination known: 91% (10 of 11)"


def test_a_practice_that_is_seen_anywhere_is_observable() -> None:
    found = breakdown("practice+line", [pair("elm", "a", (0, 0, 0), seen=False), pair("elm", "b", (1, 2, 0))])
    assert along(found, "practice").rows[0].more == {"observable": True}


def test_months_add_up_to_a_window_and_others_stay_out() -> None:
    months = [
        Row(m, m, figure(*n)) for m, n in {"2026-01": (1, 4, 0), "2026-02": (2, 4, 2), "2026-03": (6, 6, 0)}.items()
    ]
    found = within(breakdown("month", months), month_id("2026-01"), month_id("2026-02"))
    assert (found.numerator, found.denominator, found.value) == (3, 8, 0.375)
    assert str(found.window) == "Jan 2026 to Feb 2026"


def test_what_is_hidden_is_not_added_up() -> None:
    hidden = replace(figure(3, 9, 0), value=None, numerator=None, suppressed=True)
    with pytest.raises(ValueError, match="hidden"):
        added([figure(1, 2, 0), hidden], figure(1, 2, 0), WINDOW)
