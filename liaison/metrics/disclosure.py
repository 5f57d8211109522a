"""Which counts must be hidden so that no small one can be worked out from what is shown.

Counts stand in sums (a total and its parts). Small ones are hidden first; then further ones, smallest first, until a
reader who adds and subtracts everything that is shown cannot arrive at a hidden one. Method: secondary cell
suppression, as in Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, chapter 4.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

Cell = Hashable
SMALL = range(1, 11)
_PRIME = (1 << 61) - 1  # ranks are taken over this field: exact, and as those over the rationals for sums of cells


@dataclass(frozen=True)
class Sum:
    """total = the parts added up."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (*self.parts, self.total)


@dataclass
class Cells:
    """Counts by cell; `published` are those that people would see, the rest follow from them."""

    counts: dict[Cell, int] = field(default_factory=dict)
    published: set[Cell] = field(default_factory=set)
    sums: list[Sum] = field(default_factory=list)

    def show(self, cell: Cell, count: int) -> None:
        """A count that is printed."""
        self.counts[cell] = count
        self.published.add(cell)

    def imply(self, cell: Cell, count: int) -> None:
        """A count that is not printed, but which a reader could work out."""
        self.counts.setdefault(cell, count)

    def add_up(self, total: Cell, parts: Iterable[Cell]) -> None:
        """A sum that readers know of. One that does not hold helps nobody, and is left out."""
        listed = tuple(parts)
        if listed and self.counts[total] == sum(self.counts[p] for p in listed):
            self.sums.append(Sum(total, listed))

    def join(self, other: "Cells") -> None:
        self.counts |= {c: n for c, n in other.counts.items() if c not in self.published}
        self.published |= other.published
        self.sums += other.sums


def small(count: int | None) -> bool:
    return count is not None and count in SMALL


def hidden_cells(cells: Cells) -> frozenset[Cell]:
    """The cells to hide, published or implied. Nothing else of `cells` may be shown where one of them is a part.

    Counts of 0 stay. Each round hides at least one more cell, so that it ends.
    """
    search = _Search(cells)
    while more := search.betrayed():
        search.fresh.clear()
        for cell, near in more.items():
            search.hide_beside(cell, near)
    return frozenset(search.hidden)


class _Search:
    """What is hidden so far, and what a reader could still work out."""

    def __init__(self, cells: Cells) -> None:
        self.counts, self.published, self.sums = cells.counts, cells.published, cells.sums
        self.place = {cell: i for i, cell in enumerate(self.counts)}
        self.level: dict[Cell, int] = defaultdict(int)
        self.at: dict[Cell, list[Sum]] = defaultdict(list)
        for each in self.sums:
            for member in each.members:
                self.at[member].append(each)
        for each in self.sums:
            self.level[each.total] = max(self.level[each.total], 1 + max(self.level[p] for p in each.parts))
        self.hidden = {cell for cell, n in self.counts.items() if small(n)}
        self.fresh: set[Cell] = set()  # hidden in this round

    def betrayed(self) -> dict[Cell, list[Sum]]:
        """Hidden cells that can be worked out -> sums in which hiding more would help; cheap tests first."""
        known, because = self._worked_out()
        found = {cell: [because[cell]] for cell in self.hidden & known}
        found = found or self._small_remainders(known)
        return found or {c: self.at[c] for c in self._solved(known) & self.hidden}

    def _worked_out(self) -> tuple[set[Cell], dict[Cell, Sum]]:
        """Cells that are shown, or the only one not known of some sum, again and again; and by which sum."""
        known = {c for c in self.counts if c in self.published and c not in self.hidden}
        known |= {c for c, n in self.counts.items() if n == 0}
        because: dict[Cell, Sum] = {}
        waiting = list(self.sums)
        while waiting:
            touched: list[Sum] = []
            for each in waiting:
                open_ = [c for c in each.members if c not in known]
                if len(open_) == 1:
                    known.add(open_[0])
                    because[open_[0]] = each
                    touched += self.at[open_[0]]
            waiting = touched
        return known, because

    def _small_remainders(self, known: set[Cell]) -> dict[Cell, list[Sum]]:
        """Sums whose hidden parts together are small, or so small that each must be 1."""
        found: dict[Cell, list[Sum]] = {}
        for each in self.sums:
            if each.total not in known:
                continue
            left = [p for p in each.parts if p not in known]
            together = sum(self.counts[p] for p in left)
            if self.hidden.intersection(left) and (small(together) or together <= len(left)):
                found[left[0]] = [each]
        return found

    def _solved(self, known: set[Cell]) -> set[Cell]:
        """Cells that the sums determine together, though no single one does."""
        rows = []
        for each in self.sums:
            row: dict[Cell, int] = defaultdict(int)
            for part in each.parts:
                row[part] += 1
            row[each.total] -= 1
            left = {self.place[c]: n for c, n in row.items() if c not in known and n}
            if left:
                rows.append(left)
        cells = list(self.place)
        return {cells[i] for i in determined(rows)}

    def hide_beside(self, cell: Cell, near: list[Sum]) -> None:
        """Hide the smallest cell that is shown in these sums, parts before totals; else in the sums around them.

        Nothing is hidden where this round has hidden something there already: the next one says if it was enough.
        """
        seen: set[int] = set()
        while near:
            if any(self.fresh.intersection(s.members) for s in near):
                return
            shown = [c for s in near for c in s.members if self._can_hide(c) and c != cell]
            if shown:
                found = min(shown, key=lambda c: (self.level[c], self.counts[c], self.place[c]))
                self.hidden.add(found)
                self.fresh.add(found)
                return
            seen |= {id(s) for s in near}
            near = [s for n in near for c in n.members for s in self.at[c] if id(s) not in seen]
        raise AssertionError(f"nothing is left to hide beside {cell}")

    def _can_hide(self, cell: Cell) -> bool:
        return cell in self.published and cell not in self.hidden and self.counts[cell] > 0


def determined(rows: list[dict[int, int]]) -> set[int]:
    """Unknowns that a system of linear equations fixes, whatever its right side: unit rows of the reduced form."""
    pivots: dict[int, dict[int, int]] = {}
    often: dict[int, int] = defaultdict(int)
    for row in rows:
        for unknown in row:
            often[unknown] += 1
    for row in sorted(rows, key=len):
        left = _reduced(dict(row), pivots)
        if left:
            lead = min(left, key=lambda u: (often[u], u))
            scale = pow(left[lead], -1, _PRIME)
            pivots[lead] = {u: n * scale % _PRIME for u, n in left.items()}
    for lead in reversed(list(pivots)):
        pivots[lead] = _reduced(pivots[lead], pivots, lead)
    return {lead for lead, row in pivots.items() if len(row) == 1}


def _reduced(row: dict[int, int], pivots: Mapping[int, dict[int, int]], own: int | None = None) -> dict[int, int]:
    """The row without the unknowns that other rows lead with."""
    row = {u: n % _PRIME for u, n in row.items()}
    waiting = [u for u in row if u in pivots and u != own]
    while waiting:
        unknown = waiting.pop()
        times = row.get(unknown, 0)
        if not times:
            continue
        for u, n in pivots[unknown].items():
            left = (row.get(u, 0) - times * n) % _PRIME
            if left:
                if u not in row and u in pivots and u != own:
                    waiting.append(u)
                row[u] = left
            else:
                row.pop(u, None)
    return row
