"""Who a line of an attendance list names: exact matches only; whatever is not is listed for a person to decide.

A line is what a barcode scanner types (an NPI, an invitation's code) or what somebody pasted (a name; a name and a
practice, an NPI among them, parted by tab, semicolon or comma).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection, select

from liaison.fieldwork.merges import final, standing
from liaison.fieldwork.one_event import EventFile, Invited
from liaison.fieldwork.one_practice import in_force
from liaison.store.tables import contact, practice, provider_place
from liaison.vocabulary import comparison_key, valid_npi

_CODE = re.compile(r"[0-9A-Z]{8}")
_TITLES = frozenset("md do mbbs phd np pa pac rn lpn crnp fnp dnp aprn msn bsn mph facp faan facc jr sr ii iii".split())
_MIXED_UP = str.maketrans({"O": "0", "I": "1", "L": "1"})
LIKE = 3  # names that are proposed for a line


@dataclass(frozen=True)
class Person:
    """Somebody at a practice; `npi` where they are a provider."""

    name: str
    practice_id: str | None
    practice: str | None
    npi: str | None = None


@dataclass(frozen=True)
class Read:
    """What a line says. `who`: the one person it names exactly; else `why` not, and who it could be, best first."""

    line: str
    who: Person | None
    why: str = ""
    could_be: tuple[Person, ...] = ()


class Roster:
    """Everybody who could come to an event, found by NPI, code and exact name; merged practices as one."""

    def __init__(self, conn: Connection, about: EventFile) -> None:
        into = standing(conn, "practice")
        p, n, c = practice.c, provider_place.c, contact.c
        records = conn.execute(select(p.practice_id, p.name, p.aliases)).all()
        self._practices = {id_: name for id_, name, _ in records}
        self._spelled: dict[str, set[str]] = defaultdict(set)
        for id_, name, aliases in records:
            for spelling in (id_, name, *(aliases or "").split(";")):
                self._spelled[comparison_key(spelling)].add(final(into, id_))
        self._spelled.pop("", None)
        self._codes = {each.code: each for each in about.invited}
        self._invited = {each.practice_id for each in about.invited}
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._by_npi: dict[str, list[Person]] = defaultdict(list)
        day = about.row.starts_at[:10]
        for row in conn.execute(select(n.npi, n.name, n.practice_id, n.starts, n.ends).order_by(n.listed)).mappings():
            if in_force(dict(row), day):
                self._add(self._person(row["name"], row["practice_id"], row["npi"], into))
        for place, name in conn.execute(select(c.practice_id, c.name)):
            self._add(self._person(name, place, None, into))
        for each in about.invited:
            if each.invitee:
                self._add(Person(each.invitee, each.practice_id, each.practice, each.npi))

    def _person(self, name: str, place: str | None, npi: str | None, into: Mapping[str, str]) -> Person:
        at = final(into, place) if place else None
        return Person(name, at, self._practices.get(at or "", at), npi)

    def _add(self, one: Person) -> None:
        if one.npi and one not in self._by_npi[one.npi]:
            self._by_npi[one.npi].append(one)
        for spelling in _ways(one.name):
            if one not in self._people[spelling]:
                self._people[spelling].append(one)

    def read(self, line: str) -> Read:
        """One line."""
        text = " ".join(line.split(" ")).strip()
        parts = [part.strip() for part in re.split(r"[\t;|]", text) if part.strip()]
        if len(parts) == 1 and (found := self._whole(parts[0])) is not None:
            return found
        if len(parts) == 1:
            parts = [part.strip() for part in parts[0].split(",") if part.strip()]
        return self._parts(text, parts)

    def _whole(self, text: str) -> Read | None:
        """An NPI, a code, or a name that stands alone."""
        digits = text.replace(" ", "").replace("-", "")
        if len(digits) == 10 and digits.isdigit():
            return self._npi(text, digits, None)
        code = text.upper().replace("-", "").replace(" ", "").translate(_MIXED_UP)
        if _CODE.fullmatch(code) and code in self._codes:
            return self._coded(text, self._codes[code])
        named = self._named(text)
        return self._one(text, named) if named else None

    def _npi(self, line: str, npi: str, place: str | None) -> Read:
        if not valid_npi(npi):
            return Read(line, None, "This is no NPI: its last digit does not check the others.")
        found = self._by_npi.get(npi, [])
        if not found:
            return Read(line, None, "No provider with this NPI is on record.", (Person("", place, None, npi),))
        return self._one(line, [each for each in found if each.practice_id == place] if place else found)

    def _coded(self, line: str, of: Invited) -> Read:
        if of.invitee:
            return Read(line, Person(of.invitee, of.practice_id, of.practice, of.npi))
        return Read(line, None, "The invitation is for the practice: say who came.", self._at(of.practice_id))

    def _named(self, text: str) -> list[Person]:
        ways = _ways(text)
        found = [each for way in ways for each in self._people.get(way, ())]
        return list(dict.fromkeys(found))

    def _one(self, line: str, found: Sequence[Person]) -> Read:
        """The only one of them; among several the only one of an invited practice."""
        if len(found) > 1:
            found = _with_npi(found)
        if len(found) > 1 and len(asked := [each for each in found if each.practice_id in self._invited]) == 1:
            found = asked
        if len(found) == 1:
            return Read(line, found[0])
        return Read(line, None, "More than one person is called so.", tuple(found))

    def _parts(self, line: str, parts: Sequence[str]) -> Read:
        """A name, perhaps with a practice, perhaps with an NPI."""
        places = {part: ids for part in parts if len(ids := self._spelled.get(comparison_key(part), set())) == 1}
        place = next(iter(next(iter(places.values())))) if len(places) == 1 else None
        rest = [part for part in parts if part not in places or len(places) > 1]
        npi = next((part for part in rest if part.isdigit() and valid_npi(part)), None)
        name = " ".join(part for part in rest if part != npi)
        if npi and (found := self._npi(line, npi, place)).who:
            return found
        named = [each for each in self._named(name) if place is None or each.practice_id == place]
        if named:
            return self._one(line, named)
        if place and name:
            given = Person(name, place, self._practices.get(place), npi)
            return Read(line, None, "Nobody of this name is on record there.", (given, *self._like(name, place)))
        return Read(line, None, "Nobody of this name is on record.", self._like(name or line, None))

    def _at(self, place: str) -> tuple[Person, ...]:
        found = (each for people in self._people.values() for each in people if each.practice_id == place)
        return tuple(dict.fromkeys(found))

    def _like(self, name: str, place: str | None) -> tuple[Person, ...]:
        """Only ever proposed."""
        near = get_close_matches(comparison_key(name), list(self._people), n=LIKE, cutoff=0.75)
        found = (each for way in near for each in self._people[way])
        return tuple(dict.fromkeys(each for each in found if place is None or each.practice_id == place))[:LIKE]


def _with_npi(found: Iterable[Person]) -> list[Person]:
    """A provider who is a contact as well, or an invitee, stands in the list once."""
    every = list(found)
    known = {(comparison_key(each.name), each.practice_id) for each in every if each.npi}
    return [each for each in every if each.npi or (comparison_key(each.name), each.practice_id) not in known]


def _ways(name: str) -> tuple[str, ...]:
    """The keys by which a name is found: as written, without titles, and 'Last, First' turned round."""
    text = re.sub(r"\([^)]*\)", " ", name)
    parts = [_without_titles(part) for part in text.split(",")]
    parts = [part for part in parts if part]
    ways = [comparison_key(name), comparison_key(" ".join(parts))]
    if len(parts) == 2:
        ways.append(comparison_key(f"{parts[1]} {parts[0]}"))
    return tuple(dict.fromkeys(way for way in ways if way))


def _without_titles(part: str) -> str:
    kept = [word for word in part.split() if comparison_key(word) not in _TITLES]
    if kept and comparison_key(kept[0]) in ("dr", "mr", "mrs", "ms", "prof"):
        kept = kept[1:]
    return " ".join(kept)
