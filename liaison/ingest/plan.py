"""How each file's columns fill a format's fields; everything that speaks against the files, said at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from liaison.errors import LiaisonError, Where, nearest
from liaison.facts.engines.cells import ISO, Cell, fold
from liaison.ingest.formats.base import Field, Format, Kind
from liaison.ingest.heading import Shape
from liaison.ingest.mapping import Mapping
from liaison.ingest.privacy import handle, is_suspected
from liaison.ingest.reading import Table

MAIN = "main"
NAMED_AT_MOST = 12


@dataclass(frozen=True)
class PlannedFile:
    """A table and what it is: the format's main one, or one of its parts."""

    table: Table
    part: str
    cells: tuple[Cell, ...]


@dataclass
class Plan:
    """All files of one import, understood."""

    files: list[PlannedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, part: str) -> list[PlannedFile]:
        return [f for f in self.files if f.part == part]


class RefusedFileError(LiaisonError):
    """The files cannot be read as what they are said to be; `reasons` has each by itself."""

    def __init__(self, reasons: Sequence[LiaisonError]) -> None:
        self.reasons = tuple(reasons)
        first = reasons[0]
        super().__init__(" ".join(dict.fromkeys(r.what for r in reasons)), first.where, " ".join(_remedies(reasons)))


def _remedies(reasons: Sequence[LiaisonError]) -> list[str]:
    return list(dict.fromkeys(r.remedy for r in reasons if r.remedy))


def shape_of(format_: Format, mapping: Mapping) -> Shape:
    """What the reader must know of files of this format."""
    fields = [*format_.fields, *(f for part in format_.parts for f in part.fields)]
    known = {n.casefold() for f in fields for n in (f.name, *f.headers)}
    known |= {c.casefold() for c in (*mapping.columns.values(), *mapping.identifiers)}
    headerless = tuple(h for h in (format_.headerless, *(p.headerless for p in format_.parts)) if h)
    return Shape(frozenset(known), headerless, mapping.encoding, mapping.delimiter)


def plan(tables: Sequence[Table], format_: Format, mapping: Mapping) -> Plan:
    """Decide what each table is and where its columns go. Raises `RefusedFileError`."""
    made, reasons = Plan(), list[LiaisonError]()
    for table in tables:
        part = part_of(table, format_, mapping)
        if part is None:
            made.notes.append(f"{table.name} was left out: it is no file of {format_.name}.")
            continue
        columns = _Columns(table, format_, mapping, part)
        made.files.append(PlannedFile(table, part, columns.cells()))
        reasons += columns.reasons
        made.notes += columns.notes
    if not made.of(MAIN) and not format_.main_optional and not reasons:
        reasons.append(LiaisonError(f"None of the files is the main one of {format_.name}.", remedy="Add it."))
    if reasons:
        raise RefusedFileError(reasons)
    made.notes += format_.notes({f.part: [c.name for c in f.cells if not c.absent] for f in made.files})
    return made


def part_of(table: Table, format_: Format, mapping: Mapping) -> str | None:
    """What the format takes the table for, with our names in place of those that the mapping names."""
    ours = {theirs.casefold(): name for name, theirs in mapping.columns.items()}
    header = [*table.header, *mapping.constants, *(ours[h.casefold()] for h in table.header if h.casefold() in ours)]
    return format_.takes(header)


class _Columns:
    """The columns of one table against the fields of its part; collects reasons and notes."""

    def __init__(self, table: Table, format_: Format, mapping: Mapping, part: str) -> None:
        self.table, self.format, self.part = table, format_, part
        # Where both have a field of a name, a mapping's columns and constants are those of the main file.
        own_to_part = {k: v for k, v in mapping.columns.items() if format_.field(k) is None}
        self.mapping = mapping if part == MAIN else replace(mapping, columns=own_to_part, constants={})
        self.fields = next((p.fields for p in format_.parts if p.name == part), format_.fields)
        self.reasons: list[LiaisonError] = []
        self.notes: list[str] = []
        self.used: set[int] = set()
        own = [n for f in self.fields for n in (f.name, *f.headers)]
        self.handled = handle(table.header, own, format_.listed_identifiers, mapping.identifiers)
        self._refuse_unnamed()

    def _refuse_unnamed(self) -> None:
        for column in self.handled.unnamed:
            self._refuse(
                f"{self.table.name} has a column {column}, which is named like a patient's identifier.",
                column,
                f'Leave it out of the export, or name it in the mapping: [identifiers] "{column}" = "drop".',
            )

    def _refuse(self, what: str, column: str | None, remedy: str) -> None:
        row = 1 if self.table.has_header else None
        self.reasons.append(LiaisonError(what, Where(self.table.name, row, column), remedy))

    def cells(self) -> tuple[Cell, ...]:
        """One cell a field, in the format's order."""
        made = [self._cell(f) for f in self.fields]
        made = self._with_hashed_key(made)
        for group in self.format.one_of if self.part == MAIN else ():
            if all(c.absent for c in made if c.name in group):
                self._refuse_missing(" or ".join(group), [f for f in self.fields if f.name in group])
        self.notes += self.handled.notes
        self._name_unknown()
        return tuple(made)

    def _cell(self, f: Field) -> Cell:
        constant = self.mapping.constants.get(f.name)
        place = None if constant is not None else self._place(f)
        if place is None and constant is None and f.required and f.default is None:
            self._refuse_missing(f.name, [f])
        if place is not None:
            self.used.add(place)
        dropped = place is not None and place in self.handled.drop
        if dropped and f.name not in self.format.listed_identifiers and f.required:
            column = self.table.header[place or 0]
            self._refuse(f"The mapping drops {column}, which {f.name} needs.", column, 'Say "hash" instead.')
        place = None if dropped else place
        hashed = place is not None and place in self.handled.hash
        private = hashed or (place is not None and is_suspected(self.table.header[place]))
        return Cell(
            name=f.name,
            kind="text" if hashed else f.kind.name,
            place=place,
            constant=constant,
            required=f.required,
            choices=tuple(str(c) for c in f.choices),
            words=self._words(f),
            default=f.default,
            formats=self._formats(f),
            hashed=hashed,
            private=private,
        )

    def _words(self, f: Field) -> dict[str, str]:
        words = {fold(theirs): ours for theirs, ours in f.words.items()}
        return words | {fold(theirs): ours for theirs, ours in self.mapping.values.get(f.name, {}).items()}

    def _formats(self, f: Field) -> tuple[str, ...]:
        if f.kind is not Kind.date or f.name in self.mapping.constants:
            return (ISO,)
        said = self.mapping.dates.get(f.name)
        formats = (said,) if said else self.format.date_formats
        # A workbook's and a Parquet file's own dates come as ISO, whatever is said of text.
        typed = self.table.workbook or self.table.types
        return (*formats, ISO) if typed and ISO not in formats else formats

    def _place(self, f: Field) -> int | None:
        """The number of the column that fills a field: the mapping's, else one of a name of the field's own."""
        if wanted := self.mapping.columns.get(f.name):
            found = self._find(wanted)
            if found is None:
                near = nearest(wanted, self.table.header)
                hint = f"Did you mean {near}?" if near else f"Its columns are {_listed(self.table.header)}."
                self._refuse(f"{self.table.name} has no column {wanted}, which the mapping names.", wanted, hint)
            return found
        for name in (f.name, *f.headers):
            found = self._find(name)
            if found is not None:
                return found
        return None

    def _find(self, name: str) -> int | None:
        """The column of that name; the exact spelling first, then any case. A doubled one is refused."""
        for same in (lambda h: h == name, lambda h: h.casefold() == name.strip().casefold()):
            places = [i for i, h in enumerate(self.table.header) if same(h)]
            if len(places) > 1:
                self._refuse(
                    f"{self.table.name} has {len(places)} columns called {name}.", name, "Let each have its own name."
                )
            if places:
                return places[0]
        return None

    def _refuse_missing(self, what: str, fields: Sequence[Field]) -> None:
        """No column for any of these fields; the nearest one that is free is proposed."""
        free = [h for i, h in enumerate(self.table.header) if i not in self.used and h and not is_suspected(h)]
        names = [(f.name, name) for f in fields for name in (f.name, *f.headers, *f.hints)]
        close = ((ours, nearest(name, free)) for ours, name in names)
        ours, near = next(((o, n) for o, n in close if n), (fields[0].name, None))
        remedy = (
            f'If {near} means the same, map it: [columns] {ours} = "{near}".'
            if near
            else f'Export it with this column, or map another one to it: [columns] {ours} = "...".'
        )
        have = "" if near else f" It has {_listed(self.table.header)}."
        self._refuse(f"{self.table.name} has no column {what}.{have}", ours, remedy)

    def _with_hashed_key(self, cells: list[Cell]) -> list[Cell]:
        """A hashed patient's id that no field asks for becomes the patient's key, where the format has one."""
        free = sorted(self.handled.hash - self.used)
        key = next((i for i, c in enumerate(cells) if c.name == "patient_key" and c.absent), None)
        if free and key is not None:
            cells[key] = Cell(name="patient_key", place=free[0], hashed=True, private=True)
            self.used.add(free.pop(0))
        self.notes += [f"{self.table.header[i]} was left out: nothing keeps its hash." for i in free]
        return cells

    def _name_unknown(self) -> None:
        spoken_of = self.used | self.handled.drop | self.handled.hash
        unknown = [h for i, h in enumerate(self.table.header) if h and i not in spoken_of]
        if unknown and not self.format.quiet and not self.reasons:
            said = "column was" if len(unknown) == 1 else "columns were"
            self.notes.append(f"{self.table.name}: {len(unknown)} {said} not used: {_listed(unknown)}.")


def _listed(names: Sequence[str]) -> str:
    shown = [n for n in names if n][:NAMED_AT_MOST]
    more = len([n for n in names if n]) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
