"""Tables as sums of cells, and the same tables without the cells that must be hidden."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any, NamedTuple, Protocol, Self

from liaison.metrics.breakdown import Breakdown, Row
from liaison.metrics.disclosure import Cell, Cells, small
from liaison.metrics.figure import Figure
from liaison.metrics.window import Window
from liaison.vocabulary import Exit, Stage, month_id

ONE_DENOMINATOR = ("organisation", "cause")  # rows of these share the total's denominator


class Count(NamedTuple):
    """A count of referrals: what is counted, over which months, in which part (nothing: in all)."""

    measure: str
    first: int
    last: int
    of: frozenset[tuple[str, str]] = frozenset()


class Published(Protocol):
    """A table that may leave the team."""

    def cells(self) -> Cells:
        """Its counts, and the sums in which they stand."""

    def without(self, hidden: frozenset[Cell]) -> Self:
        """The same table with these cells hidden, and everything that is made of them."""


def months_of(window: Window | None) -> tuple[int, int]:
    return (window.first, window.last) if window else (-1, -1)


@dataclass(frozen=True)
class BreakdownTable:
    """Leakage and its like: numerator, denominator, what stands beside them; rows add up to the total."""

    found: Breakdown

    def _of(self, row: Row) -> frozenset[tuple[str, str]]:
        dimensions = (self.found.by or "").split("+")
        if len(dimensions) == 1:
            return frozenset({(dimensions[0], row.key)})
        return frozenset((d, str(row.more[d])) for d in dimensions)

    def _at(self, measure: str, of: frozenset[tuple[str, str]] = frozenset()) -> Count:
        months = [month_id(key) for dimension, key in of if dimension == "month"]
        first, last = (months[0], months[0]) if months else months_of(self.found.window)
        return Count(measure, first, last, frozenset(p for p in of if p[0] != "month"))

    def cells(self) -> Cells:
        cells = Cells()
        total = self.found.total
        self._ratio(cells, total, frozenset())
        if self.found.coverage:
            cells.published.add(self._at("volume"))
        parts: dict[str, list[Cell]] = defaultdict(list)
        for row in self.found.rows:
            of = self._of(row)
            if self.found.by in ONE_DENOMINATOR:
                self._share_of_total(cells, row.figure, of)
            else:
                self._ratio(cells, row.figure, of)
            for measure in _RATIO:
                if self._at(measure, of) in cells.counts:
                    parts[measure].append(self._at(measure, of))
        for measure, listed in parts.items():
            cells.add_up(self._at(measure), listed)
        return cells

    def _ratio(self, cells: Cells, figure: Figure, of: frozenset[tuple[str, str]]) -> None:
        """out + kept = known; kept = not completed + the rest; known + unknown = volume."""
        out, known = figure.numerator or 0, figure.denominator or 0
        unknown, lost = figure.beside.get("unknown") or 0, figure.beside.get("not_completed") or 0
        shown = {"out": out, "known": known, "unknown": unknown, "not_completed": lost}
        implied = {"kept": known - out, "completed": known - out - lost, "volume": known + unknown}
        for measure, count in shown.items():
            cells.show(self._at(measure, of), count)
        for measure, count in implied.items():
            cells.imply(self._at(measure, of), count)
        at = {measure: self._at(measure, of) for measure in (*shown, *implied)}
        cells.add_up(at["known"], [at["out"], at["kept"]])
        cells.add_up(at["kept"], [at["not_completed"], at["completed"]])
        cells.add_up(at["volume"], [at["known"], at["unknown"]])

    def _share_of_total(self, cells: Cells, figure: Figure, of: frozenset[tuple[str, str]]) -> None:
        """Of all known destinations, those that went here: out + everything else = the total's denominator."""
        cells.show(self._at("out", of), figure.numerator or 0)
        cells.show(self._at("unknown", of), figure.beside.get("unknown") or 0)
        cells.show(self._at("not_completed", of), figure.beside.get("not_completed") or 0)
        cells.imply(self._at("elsewhere", of), (figure.denominator or 0) - (figure.numerator or 0))
        cells.add_up(self._at("known"), [self._at("out", of), self._at("elsewhere", of)])

    def without(self, hidden: frozenset[Cell]) -> "BreakdownTable":
        total = self._shown(self.found.total, frozenset(), hidden)
        coverage = None if self._at("volume") in hidden or total.denominator is None else self.found.coverage
        total = replace(total, coverage=coverage)
        rows = [replace(r, figure=self._shown(r.figure, self._of(r), hidden)) for r in self.found.rows]
        # The order of hidden rows would tell how large they are.
        rows.sort(key=lambda r: (r.figure.numerator is None, -(r.figure.numerator or 0), r.label))
        return BreakdownTable(replace(self.found, total=total, rows=tuple(rows), coverage=coverage))

    def _shown(self, figure: Figure, of: frozenset[tuple[str, str]], hidden: frozenset[Cell]) -> Figure:
        whole: frozenset[tuple[str, str]] = frozenset() if self.found.by in ONE_DENOMINATOR else of
        gone = {m for m in ("out", "unknown", "not_completed") if self._at(m, of) in hidden}
        gone |= {"known"} if self._at("known", whole) in hidden else set()
        beside = {name: None if name in gone else n for name, n in figure.beside.items()}
        lost = bool(gone & {"out", "known"})
        return replace(
            figure,
            value=None if lost else figure.value,
            numerator=None if "out" in gone else figure.numerator,
            denominator=None if "known" in gone else figure.denominator,
            low=None if lost else figure.low,
            high=None if lost else figure.high,
            beside=beside,
            # A row's coverage would give its volume, which the table does not print.
            coverage=None,
            suppressed=bool(gone),
        )


_RATIO = ("out", "kept", "known", "not_completed", "completed", "unknown", "volume")


@dataclass(frozen=True)
class FunnelTable:
    """A funnel: stages reached, still open, and exits. `found` is a `funnel.Funnel`."""

    found: Any

    def _at(self, measure: str) -> Count:
        return Count(measure, *months_of(self.found.window))

    def cells(self) -> Cells:
        cells = Cells()
        stages, exits = self.found.stages, self.found.exits
        for stage in stages:
            cells.show(self._at(f"reached {stage.stage}"), stage.reached)
            cells.show(self._at(f"open {stage.stage}"), stage.open)
        for way in exits:
            cells.show(self._at(f"exit {way.exit}"), way.count)
        left = {way.exit: way.count for way in exits}.get(Exit.out_of_network, 0)
        ended: list[Cell] = []
        for here, following in pairwise(stages):
            # Between two stages: still open, ended here, or moved on.
            gone = here.reached - following.reached - here.open
            gone -= left if here.stage is Stage.created else 0
            at = self._at(f"ended {here.stage}")
            cells.imply(at, gone)
            ended.append(at)
            parts: list[Cell] = [self._at(f"reached {following.stage}"), self._at(f"open {here.stage}"), at]
            parts += [self._at(f"exit {Exit.out_of_network}")] if here.stage is Stage.created and left else []
            cells.add_up(self._at(f"reached {here.stage}"), parts)
        if ended:
            every = self._at("ended")
            cells.imply(every, sum(cells.counts[c] for c in ended))
            cells.add_up(every, ended)
            cells.add_up(every, [self._at(f"exit {w.exit}") for w in exits if w.exit is not Exit.out_of_network])
            self._between_stages(cells)
        return cells

    def _between_stages(self, cells: Cells) -> None:
        """What became of referrals between any two stages, and of all: sums that follow from the others.

        Said outright because two hidden counts that must make up 2 are seen in one sum, not in several.
        """
        stages = [s.stage for s in self.found.stages]
        waiting = [self._at(f"open {s}") for s in stages]
        left = [self._at(f"exit {w.exit}") for w in self.found.exits]
        cells.add_up(self._at(f"reached {stages[0]}"), [*waiting[:-1], *left, self._at(f"reached {stages[-1]}")])
        for first, last in combinations(range(len(stages)), 2):
            ended: list[Cell] = [self._at(f"ended {s}") for s in stages[first:last]]
            gone = [c for c in left if first == 0 and c == self._at(f"exit {Exit.out_of_network}")]
            parts = [*waiting[first:last], *ended, *gone, self._at(f"reached {stages[last]}")]
            cells.add_up(self._at(f"reached {stages[first]}"), parts)

    def without(self, hidden: frozenset[Cell]) -> "FunnelTable":
        created_hidden = bool(self.found.stages) and self._at(f"reached {Stage.created}") in hidden
        stages = []
        following = [*self.found.stages[1:], None]
        for stage, after in zip(self.found.stages, following, strict=True):
            reached = self._at(f"reached {stage.stage}") in hidden
            waiting = self._at(f"open {stage.stage}") in hidden
            moved = after is not None and self._at(f"reached {after.stage}") in hidden
            stages.append(
                replace(
                    stage,
                    reached=None if reached else stage.reached,
                    share=None if reached or created_hidden else stage.share,
                    open=None if waiting else stage.open,
                    # Days are read from those who moved on.
                    median_days=None if reached or moved else stage.median_days,
                    p90_days=None if reached or moved else stage.p90_days,
                    median_low=None if reached or moved else stage.median_low,
                    median_high=None if reached or moved else stage.median_high,
                    suppressed=reached or waiting,
                )
            )
        exits = [self._exit(way, created_hidden, hidden) for way in self.found.exits]
        exits.sort(key=lambda e: (e.count is None, -(e.count or 0), e.exit.value))
        coverage = self._coverage(hidden)
        # Exits by stage would be a second table over the same referrals: it stays inside.
        return FunnelTable(
            replace(self.found, stages=tuple(stages), exits=tuple(exits), coverage=coverage, branches=())
        )

    def _exit(self, way: Any, created_hidden: bool, hidden: frozenset[Cell]) -> Any:
        gone = self._at(f"exit {way.exit}") in hidden
        return replace(
            way,
            count=None if gone else way.count,
            share=None if gone or created_hidden else way.share,
            suppressed=gone,
        )

    def _coverage(self, hidden: frozenset[Cell]) -> Any:
        """Its counts are sums over all stages: printed only where nothing is hidden and neither part is small."""
        coverage = self.found.coverage
        if coverage is None or hidden.intersection(self.cells().counts):
            return None
        few = small(coverage.known) or small(coverage.of) or small(coverage.of - coverage.known)
        return None if few else coverage


def sums_between(cells: Cells) -> None:
    """Add the sums that link several tables of one report: cross tables to their margins, months to longer windows."""
    tables: dict[tuple[str, int, int], dict[frozenset[str], list[Count]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells.counts:
        if isinstance(cell, Count):
            tables[cell.measure, cell.first, cell.last][frozenset(d for d, _ in cell.of)].append(cell)
    for by_dimensions in tables.values():
        _margins(cells, by_dimensions)
    windows: dict[tuple[str, frozenset[str]], set[tuple[int, int]]] = defaultdict(set)
    for (measure, first, last), by_dimensions in tables.items():
        for dimensions in by_dimensions:
            windows[measure, dimensions].add((first, last))
    for (measure, dimensions), spans in windows.items():
        _longer_windows(cells, measure, dimensions, spans, tables)
    _one_population(cells)


def _margins(cells: Cells, by_dimensions: Mapping[frozenset[str], list[Count]]) -> None:
    for dimensions, listed in by_dimensions.items():
        for fewer in by_dimensions:
            if fewer < dimensions:
                groups: dict[frozenset[tuple[str, str]], list[Cell]] = defaultdict(list)
                for cell in listed:
                    groups[frozenset(p for p in cell.of if p[0] in fewer)].append(cell)
                for of, parts in groups.items():
                    total = listed[0]._replace(of=of)
                    if total in cells.counts:
                        cells.add_up(total, parts)


def _longer_windows(
    cells: Cells,
    measure: str,
    dimensions: frozenset[str],
    spans: set[tuple[int, int]],
    tables: Mapping[tuple[str, int, int], Mapping[frozenset[str], list[Count]]],
) -> None:
    """Each window as the sum of the shorter ones that fill it; or as one of them and what it leaves."""
    for first, last in spans:
        inside = {s for s in spans if first <= s[0] and s[1] <= last and s != (first, last)}
        if tiling := _tiling(first, last, inside):
            pieces = [tiling]
        else:
            pieces = [[s, _left(s, first, last)] for s in inside if s[0] == first or s[1] == last]
        for cell in tables[measure, first, last][dimensions]:
            for spans_ in pieces:
                _add_span(cells, cell, spans_)


def _left(span: tuple[int, int], first: int, last: int) -> tuple[int, int]:
    return (span[1] + 1, last) if span[0] == first else (first, span[0] - 1)


def _tiling(first: int, last: int, inside: Iterable[tuple[int, int]]) -> list[tuple[int, int]] | None:
    """Windows that fill first to last without a gap, the longest first."""
    if first > last:
        return []
    for span in sorted((s for s in inside if s[0] == first and s[1] <= last), key=lambda s: -s[1]):
        rest = _tiling(span[1] + 1, last, inside)
        if rest is not None:
            return [span, *rest]
    return None


def _add_span(cells: Cells, whole: Count, spans: list[tuple[int, int]]) -> None:
    parts = [whole._replace(first=a, last=b) for a, b in spans]
    missing = [p for p in parts if p not in cells.counts]
    left = cells.counts[whole] - sum(cells.counts[p] for p in parts if p in cells.counts)
    if len(missing) == 1 and left:
        cells.imply(missing[0], left)
    known: list[Cell] = [p for p in parts if p in cells.counts]
    cells.add_up(whole, known)


def _one_population(cells: Cells) -> None:
    """Tables that count the same referrals under another name."""
    same = {"referrals": "volume", f"reached {Stage.created}": "referrals", f"exit {Exit.out_of_network}": "out"}
    for cell in [c for c in cells.counts if isinstance(c, Count)]:
        for other in (cell._replace(measure=same[cell.measure]),) if cell.measure in same else ():
            if other in cells.counts:
                cells.add_up(cell, [other])
