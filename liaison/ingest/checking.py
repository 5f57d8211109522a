"""A plan carried out: every file staged and judged, and every refused row told in the order of the files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np

from liaison.config import Settings
from liaison.facts.engines import csv_rows
from liaison.facts.engines.cells import Cell
from liaison.facts.engines.csv_load import Loading, Refused, Source, Staged
from liaison.facts.engines.csv_rows import Counts, Rows
from liaison.ingest.formats.base import Field, Format, Problem
from liaison.ingest.plan import MAIN, Plan, PlannedFile
from liaison.ingest.reading import Table
from liaison.ingest.rejects import Reject, in_order, of_broken, of_late, of_refused

AT_ONCE = 10_000


class Checking:
    """The checked rows of one import, in an engine session that the caller closes."""

    def __init__(self, plan: Plan, format_: Format, settings: Settings, folder: Path, key: Callable[[], bytes]) -> None:
        self.plan, self.format, self.settings = plan, format_, settings
        hashed = any(cell.hashed for file in plan.files for cell in file.cells)
        self.loading = Loading(folder, settings.memory, settings.threads, settings.zone, key() if hashed else b"")
        self.staged: list[Staged] = []
        self.kinds: list[Rows] = []
        self.counts: Counts
        self._late: dict[str, int] = {}

    def run(self, tell: Callable[[float], None]) -> None:
        """Stage every file, then judge what can only be judged of all of them together."""
        records = sum(file.table.records for file in self.plan.files) or 1
        done = 0
        for file in self.plan.files:
            self.staged.append(self.loading.stage(_source(file.table), file.cells))
            done += file.table.records
            tell(done / records)
        self.kinds = [self._kind(MAIN, self.format.fields)]
        self.kinds += [self._kind(part.name, part.fields) for part in self.format.parts]
        found = csv_rows.attach(self.loading, self.kinds, datetime.now(self.settings.time_zone).date())
        self._late = {rows.name: c.late for rows, c in zip(self.kinds, found, strict=True)}
        self.counts = Counts(
            accepted=sum(c.accepted for c in found),
            late=sum(c.late for c in found),
            npi_invalid=sum(c.npi_invalid for c in found),
            without_key=found[0].without_key if self.format.blank_keys else 0,
            newest=max((c.newest for c in found if c.newest is not None), default=None),
        )

    def _kind(self, part: str, fields: Sequence[Field]) -> Rows:
        files = [(f, s) for f, s in zip(self.plan.files, self.staged, strict=True) if f.part == part]
        cells = files[0][0].cells if files else tuple(Cell(f.name, f.kind.name) for f in fields)
        if len(files) > 1:  # a field counts as given where any file has it
            cells = tuple(
                next((c for c in same if not c.absent), same[0])
                for same in zip(*(f.cells for f, _ in files), strict=True)
            )
        ahead = frozenset(f.name for f in fields if f.ahead)
        groups = self.format.one_of if part == MAIN else ()
        return Rows(part, cells, tuple(s for _, s in files), groups, self.format.blank_keys, ahead)

    @property
    def main(self) -> Rows:
        return self.kinds[0]

    @property
    def rows_read(self) -> int:
        return sum(file.table.rows_read for file in self.plan.files)

    @property
    def rows_rejected(self) -> int:
        broken = sum(file.table.rows_read - file.table.records for file in self.plan.files)
        return broken + sum(s.refused for s in self.staged) + self.counts.late

    def rejects(self, problems: Sequence[Problem] = ()) -> Iterator[Reject]:
        """Every refused row, file by file; `problems`: of records, by their place among the main rows."""
        begun = dict.fromkeys((rows.name for rows in self.kinds), 0)
        for file, staged in zip(self.plan.files, self.staged, strict=True):
            first = begun[file.part]
            begun[file.part] += staged.records
            own = [p for p in problems if file.part == MAIN and first <= p.index < begun[file.part]]
            yield from in_order(
                (of_broken(file.table.name, b, len(file.table.header)) for b in file.table.broken),
                self._refused(file, staged),
                self._late_rejects(file, first, begun[file.part]),
                _problems(file, first, own),
            )

    def _refused(self, file: PlannedFile, staged: Staged) -> Iterator[Reject]:
        if not staged.refused:
            return
        columns, found = _columns(file), self.loading.refused_rows(staged)
        while part := list[Refused](islice(found, AT_ONCE)):
            rows = file.table.rows_of(np.array([r.ordinal for r in part], dtype=np.int64))
            for refused, row in zip(part, rows.tolist(), strict=True):
                yield of_refused(file.table.name, row, refused, columns)

    def _late_rejects(self, file: PlannedFile, first: int, end: int) -> Iterator[Reject]:
        if not self._late[file.part]:
            return
        rows = next(r for r in self.kinds if r.name == file.part)
        columns = _columns(file)
        for late in csv_rows.late_rows(self.loading, rows, first, end):
            row = int(file.table.rows_of(np.array([late.place - first]))[0])
            yield of_late(file.table.name, row, late, columns, rows.groups)

    def close(self) -> None:
        self.loading.close()


def _source(table: Table) -> Source:
    trim = "all" if table.padded_oddly else "spaces" if table.padded or table.types else ""
    return Source(
        path=table.path,
        columns=table.header,
        records=table.records,
        delimiter=table.delimiter,
        has_header=table.has_header,
        trim=trim,
        parquet=bool(table.types),
    )


def _columns(file: PlannedFile) -> Mapping[str, str]:
    """Field -> what its column is called in the file."""
    return {c.name: file.table.header[c.place] for c in file.cells if c.place is not None}


def _problems(file: PlannedFile, first: int, problems: Sequence[Problem]) -> Iterator[Reject]:
    columns = _columns(file)
    ordered = sorted(problems, key=lambda p: p.index)
    rows = file.table.rows_of(np.array([p.index - first for p in ordered], dtype=np.int64))
    for problem, row in zip(ordered, rows.tolist(), strict=True):
        column = columns.get(problem.column, problem.column)
        yield Reject(file.table.name, row, column, problem.reason, problem.remedy)
