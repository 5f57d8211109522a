"""No small number leaves the team, and none can be worked out from what does."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.errors import LiaisonError
from liaison.metrics.breakdown import Breakdown
from liaison.metrics.disclosure import Cells, determined, hidden_cells
from liaison.metrics.figure import Figure
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import ExitFigure, Funnel, StageFigure
from liaison.metrics.suppression import audit, hide_small, hide_small_funnel, no_free_filters
from liaison.metrics.window import Window
from liaison.vocabulary import Audience, Exit, Stage, month_id
from tests.metrics.attack import Attack
from tests.metrics.figures import MARCH, breakdown

# Counts as tables have them: many zeros, many small ones, some large.
COUNT = st.sampled_from([0, 0, 1, 2, 3, 7, 10, 11, 12, 25, 60, 400])
ROW = st.tuples(COUNT, COUNT, COUNT, COUNT)  # out, not completed, seen or open, unknown
PARTS = 4


def table(by: str, rows: Mapping[str, tuple[int, int, int, int]], window: Window = MARCH) -> Breakdown:
    return breakdown(by, {k: (o, o + n + c, u, n) for k, (o, n, c, u) in rows.items()}, window)


def look(attack: Attack, name: str, groups: list[int], counts: list[int], figure: Figure, total: bool) -> None:
    """Everything that a figure prints, and what it implies. `groups`: four for every row it adds up."""
    part = [groups[i::PARTS] for i in range(PARTS)]
    out, lost, rest, unknown = (sum(counts[g] for g in p) for p in part)
    attack.sees(f"{name} out", part[0], out, figure.numerator)
    attack.sees(f"{name} known", [*part[0], *part[1], *part[2]], out + lost + rest, figure.denominator)
    attack.sees(f"{name} unknown", part[3], unknown, figure.beside["unknown"])
    attack.sees(f"{name} not completed", part[1], lost, figure.beside["not_completed"])
    attack.sees(f"{name} kept", [*part[1], *part[2]], lost + rest, None, public=False)
    attack.sees(f"{name} completed", part[2], rest, None, public=False)
    volume = sum(counts[g] for g in groups)
    if total and figure.coverage:
        attack.sees(f"{name} volume", groups, volume, figure.coverage.of)
    else:
        attack.sees(f"{name} volume", groups, volume, None, public=False)
    if figure.numerator is None or figure.denominator is None:
        assert figure.value is None


def attacked(counts: list[int], tables: list[tuple[Breakdown, dict[str, list[int]]]]) -> Attack:
    """`tables`: as shown, with the groups behind each row."""
    attack = Attack(len(counts))
    for number, (found, behind) in enumerate(tables):
        for row in found.rows:
            look(attack, f"{number} {row.key}", behind[row.key], counts, row.figure, total=False)
        every = sorted(g for groups in behind.values() for g in groups)
        by_part = [g for i in range(len(every) // PARTS) for g in every[i * PARTS : (i + 1) * PARTS]]
        look(attack, f"{number} total", by_part, counts, found.total, total=True)
    return attack


def four(row: int) -> list[int]:
    return list(range(PARTS * row, PARTS * row + PARTS))


@given(st.lists(ROW, min_size=1, max_size=6))
def test_no_hidden_count_of_a_table_can_be_worked_out(rows: list[tuple[int, int, int, int]]) -> None:
    named = {f"row {i}": row for i, row in enumerate(rows)}
    shown = hide_small(table("practice", named), Audience.outside)
    attack = attacked([n for row in rows for n in row], [(shown, {k: four(i) for i, k in enumerate(named)})])
    assert attack.solves() == []
    assert attack.corners() == []


@given(st.lists(st.lists(ROW, min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_hidden_count_can_be_worked_out_from_two_tables_of_one_report(
    grid: list[list[tuple[int, int, int, int]]],
) -> None:
    """By practice and by service line: the same referrals, cut two ways."""
    lines, practices = range(len(grid)), range(len(grid[0]))
    flat = [grid[i][j] for i in lines for j in practices]
    counts = [n for row in flat for n in row]
    cell = {(i, j): four(i * len(practices) + j) for i in lines for j in practices}

    def added(cells: list[tuple[int, int]]) -> tuple[int, int, int, int]:
        sums = [sum(grid[i][j][part] for i, j in cells) for part in range(PARTS)]
        return sums[0], sums[1], sums[2], sums[3]

    by_line = {f"line {i}": [(i, j) for j in practices] for i in lines}
    by_practice = {f"practice {j}": [(i, j) for i in lines] for j in practices}
    first, second = audit(
        [
            table("service_line", {k: added(cells) for k, cells in by_line.items()}),
            table("practice", {k: added(cells) for k, cells in by_practice.items()}),
        ]
    )
    behind = [{k: [g for c in cells for g in cell[c]] for k, cells in by.items()} for by in (by_line, by_practice)]
    assert attacked(counts, [(first, behind[0]), (second, behind[1])]).solves() == []


@given(st.lists(st.lists(ROW, min_size=2, max_size=2), min_size=3, max_size=3))
def test_no_hidden_count_can_be_worked_out_from_months_and_their_quarter(
    months: list[list[tuple[int, int, int, int]]],
) -> None:
    first = month_id("2026-01")
    spans = [Window(first + i, first + i) for i in range(3)]
    tables = [
        table("practice", {f"practice {j}": row for j, row in enumerate(rows)}, w)
        for w, rows in zip(spans, months, strict=True)
    ]
    sums = [[sum(months[m][j][part] for m in range(3)) for part in range(PARTS)] for j in range(2)]
    quarter = table(
        "practice", {f"practice {j}": (s[0], s[1], s[2], s[3]) for j, s in enumerate(sums)}, Window(first, first + 2)
    )
    shown = audit([*tables, quarter])
    behind = [{f"practice {j}": four(m * 2 + j) for j in range(2)} for m in range(3)]
    behind.append({f"practice {j}": [g for m in range(3) for g in four(m * 2 + j)] for j in range(2)})
    counts = [n for rows in months for row in rows for n in row]
    assert attacked(counts, list(zip(shown, behind, strict=True))).solves() == []


def test_nothing_is_hidden_that_need_not_be() -> None:
    found = table("practice", {"Elm St": (40, 12, 48, 20), "Oak Ave": (0, 0, 90, 30), "Pine Rd": (11, 11, 11, 11)})
    shown = hide_small(found, Audience.outside)
    assert [row.figure.value for row in shown.rows] == [0.4, 1 / 3, 0.0]
    assert not any(row.figure.suppressed for row in shown.rows)


def test_two_hidden_counts_do_not_stand_for_two_in_all() -> None:
    """52 less 50 leaves 2 for two rows that are not 0: each would be 1."""
    found = table("practice", {"Elm St": (1, 0, 50, 0), "Oak Ave": (1, 0, 60, 0), "Pine Rd": (50, 0, 70, 0)})
    assert [row.figure.numerator for row in hide_small(found, Audience.outside).rows] == [None, None, None]


def test_two_months_that_end_a_quarter_do_not_give_the_third_away() -> None:
    """January to March less January and February would be March, though no table shows March."""
    first = month_id("2026-01")
    short = table("practice", {"Elm St": (100, 0, 100, 0)}, Window(first, first + 1))
    long = table("practice", {"Elm St": (104, 0, 120, 0)}, Window(first, first + 2))
    shown = audit([short, long])
    assert [t.rows[0].figure.denominator for t in shown] == [200, 224]
    assert None in [t.rows[0].figure.numerator for t in shown]


def test_what_each_table_keeps_is_kept_by_all_of_a_report() -> None:
    """Alone, the quarter could show what March hides."""
    first = month_id("2026-01")
    tables = [
        table("practice", {"Elm St": (30, 0, 30, 0), "Oak Ave": (40, 0, 40, 0)}, Window(first, first)),
        table("practice", {"Elm St": (20, 0, 30, 0), "Oak Ave": (50, 0, 40, 0)}, Window(first + 1, first + 1)),
        table("practice", {"Elm St": (4, 0, 30, 0), "Oak Ave": (60, 0, 40, 0)}, Window(first + 2, first + 2)),
        table("practice", {"Elm St": (54, 0, 90, 0), "Oak Ave": (150, 0, 120, 0)}, Window(first, first + 2)),
    ]
    alone = [hide_small(t, Audience.outside) for t in tables]
    assert [r.figure.numerator for r in alone[3].rows] == [150, 54]
    together = audit(tables)
    elm = [next(r for r in t.rows if r.key == "Elm St").figure.numerator for t in together]
    assert elm[2] is None
    assert elm.count(None) >= 2


def funnel_of(stages: dict[Stage, tuple[int, int]], exits: dict[Exit, int]) -> Funnel:
    created = stages[Stage.created][0]
    figures = [StageFigure(s, reached, reached / created, 5, 9, open_) for s, (reached, open_) in stages.items()]
    ways = [ExitFigure(e, n, n / created) for e, n in exits.items()]
    return Funnel(tuple(figures), tuple(ways), MARCH, None, None)


@given(st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=4, max_size=4), COUNT, COUNT)
def test_no_hidden_count_of_a_funnel_can_be_worked_out(
    ends: list[tuple[int, int, int]], closed: int, left: int
) -> None:
    """Groups: open, declined and cancelled at each of four stages; closed; left the network."""
    stages = [Stage.created, Stage.received, Stage.scheduled, Stage.seen]
    counts = [n for group in ends for n in group] + [closed, left]
    if not sum(counts):
        return
    at = {s: [3 * i, 3 * i + 1, 3 * i + 2] for i, s in enumerate(stages)} | {Stage.loop_closed: [12]}
    order = [*stages, Stage.loop_closed]
    behind = {
        s: [g for t in order[order.index(s) :] for g in at[t]] + ([13] if s is Stage.created else []) for s in order
    }
    ways = {Exit.declined: [1, 4, 7, 10], Exit.cancelled: [2, 5, 8, 11], Exit.out_of_network: [13]}

    def size(groups: list[int]) -> int:
        return sum(counts[g] for g in groups)

    reached = {s: (size(behind[s]), counts[at[s][0]] if s in stages else 0) for s in order}
    exits = {e: size(groups) for e, groups in ways.items() if size(groups)}
    shown = hide_small_funnel(funnel_of(reached, exits), Audience.outside)
    attack = Attack(14)
    for figure in shown.stages:
        attack.sees(f"reached {figure.stage}", behind[figure.stage], reached[figure.stage][0], figure.reached)
        if figure.stage in stages:
            attack.sees(f"open {figure.stage}", [at[figure.stage][0]], reached[figure.stage][1], figure.open)
            gone = at[figure.stage][1:]
            attack.sees(f"ended {figure.stage}", gone, size(gone), None, public=False)
    for way in shown.exits:
        attack.sees(f"exit {way.exit}", ways[way.exit], exits[way.exit], way.count)
    assert attack.solves() == []
    assert attack.corners() == []


def test_a_hidden_stage_hides_its_share_and_days() -> None:
    stages = {Stage.created: (100, 20), Stage.received: (80, 76), Stage.scheduled: (4, 4), Stage.loop_closed: (0, 0)}
    shown = hide_small_funnel(funnel_of(stages, {}), Audience.outside)
    scheduled, received = shown.stages[2], shown.stages[1]
    assert (scheduled.reached, scheduled.share, scheduled.open, scheduled.median_days) == (None, None, None, None)
    # Its days would come from the four who moved on.
    assert (received.median_days, received.p90_days) == (None, None)


def test_the_inside_audience_sees_everything() -> None:
    found = table("practice", {"Elm St": (1, 0, 2, 3)})
    assert hide_small(found, Audience.inside) is found


def test_sums_that_do_not_hold_are_no_help_to_a_reader_and_none_to_us() -> None:
    cells = Cells()
    for name, count in {"a": 5, "b": 50, "c": 60, "total": 200}.items():
        cells.show(name, count)
    cells.add_up("total", ["a", "b", "c"])
    assert hidden_cells(cells) == {"a"}


def test_unknowns_that_equations_fix_only_together_are_found() -> None:
    """x + y, y + z and x + z are known: so is each of them, though no single sum gives one."""
    assert determined([{0: 1, 1: 1}, {1: 1, 2: 1}, {0: 1, 2: 1}]) == {0, 1, 2}
    assert determined([{0: 1, 1: 1}, {1: 1, 2: 1}]) == set()


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        (Filters(territory="North"), "territory"),
        (Filters(practice="P-1"), "practice"),
        (Filters(service_line="Urology"), "service line"),
        (Filters(first="2026-02", last="2026-04"), "month, quarter or year"),
        (Filters(first="2026-01", last="2026-02"), "month, quarter or year"),
        (Filters(first="2026-01"), "month, quarter or year"),
    ],
)
def test_free_cuts_are_refused_outside(filters: Filters, named: str) -> None:
    with pytest.raises(LiaisonError, match=named):
        no_free_filters(filters, Audience.outside)
    no_free_filters(filters, Audience.inside)


@pytest.mark.parametrize(("first", "last"), [("2026-02", "2026-02"), ("2026-04", "2026-06"), ("2025-01", "2025-12")])
def test_whole_months_quarters_and_years_may_leave(first: str, last: str) -> None:
    no_free_filters(Filters(first=first, last=last), Audience.outside)
