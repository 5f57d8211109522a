"""NPPES: the national registry of providers, as CMS publishes it monthly, weekly, and as a list of deactivations."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from liaison.errors import LiaisonError
from liaison.facts.reference import zip_places
from liaison.ingest.formats.base import Field, Format, Kind, Part, Target

SLOTS = range(1, 16)
PRACTICE = "Provider Business Practice Location Address"
FURTHER = "Provider Secondary Practice Location Address"
SIGNS = {"further_places": f"{FURTHER}- Address Line 1", "deactivations": "NPPES Deactivation Date"}
OTHER_NAME, OTHER_NAME_COLUMNS = "Provider Other Organization Name", 4
ENDPOINT = "Endpoint Type"
HOME = ("US", "USA")
Text = ColumnElement[Any]


def _place_fields(line: str, start: str, required: bool = False) -> tuple[Field, ...]:
    return (
        Field("address", required=required, headers=(line,)),
        Field("city", headers=(f"{start} City Name",)),
        Field("state", headers=(f"{start} State Name",)),
        Field("zip", headers=(f"{start} Postal Code",)),
        Field("country", headers=(f"{start} Country Code (If outside U.S.)",)),
    )


FURTHER_PLACES = Part(
    "further_places",
    (
        Field("npi", Kind.npi, required=True, headers=("NPI",)),
        *_place_fields(f"{FURTHER}- Address Line 1", f"{FURTHER} -", required=True),
    ),
)
DEACTIVATIONS = Part(
    "deactivations",
    (
        Field("npi", Kind.npi, required=True, headers=("NPI",)),
        Field("deactivated_on", Kind.date, required=True, headers=("NPPES Deactivation Date",)),
    ),
)


class Nppes(Format):
    """Only `NPI` must be there. A deactivated provider is a row with NPI and date and nothing else."""

    name = "nppes"
    title = "NPPES registry"
    target = Target.registry
    date_formats = ("%m/%d/%Y", "%Y-%m-%d")
    quiet = True
    main_optional = True
    options = ("states", "counties")
    parts = (FURTHER_PLACES, DEACTIVATIONS)
    fields = (
        Field("npi", Kind.npi, required=True, headers=("NPI",), says="Ten digits."),
        Field("entity", headers=("Entity Type Code",), says="1 a person, 2 an organisation, blank if deactivated."),
        Field("replacement_npi", Kind.npi, headers=("Replacement NPI",), says="The NPI that counts instead."),
        Field("organisation_name", headers=("Provider Organization Name (Legal Business Name)",)),
        Field("last_name", headers=("Provider Last Name (Legal Name)",)),
        Field("first_name", headers=("Provider First Name",)),
        *_place_fields("Provider First Line Business Practice Location Address", PRACTICE),
        Field("deactivated_on", Kind.date, headers=("NPI Deactivation Date",)),
        Field("reactivated_on", Kind.date, headers=("NPI Reactivation Date",)),
        Field("updated_on", Kind.date, headers=("Last Update Date",), says="Not kept: it tells how new the file is."),
        *(Field(f"taxonomy_code_{n}", headers=(f"Healthcare Provider Taxonomy Code_{n}",)) for n in SLOTS),
        *(Field(f"primary_{n}", headers=(f"Healthcare Provider Primary Taxonomy Switch_{n}",)) for n in SLOTS),
    )

    def takes(self, header: Sequence[str]) -> str | None:
        """Every file of the zip has an NPI, so that each is known by something else of its own."""
        have = {h.strip().casefold() for h in header}
        for name, sign in SIGNS.items():
            if sign.casefold() in have:
                return name
        # Other names of organisations, and electronic endpoints, are not kept.
        other_names = OTHER_NAME.casefold() in have and len(have) <= OTHER_NAME_COLUMNS
        return None if other_names or ENDPOINT.casefold() in have else "main"

    def facts(self, staged: Mapping[str, FromClause], known: Mapping[str, Any]) -> Mapping[str, Select[Any]]:
        main, further, gone = staged["main"], staged["further_places"], staged["deactivations"]
        listed = select(gone.c.npi, func.max(gone.c.deactivated_on).label("on")).group_by(gone.c.npi).subquery()
        registry = _registry(main, listed)
        alone = _deactivated_only(gone, main)
        places = _places(further)
        if wanted := Area.asked_for(known):
            near = (
                select(main.c.npi).where(wanted.holds(main)).union(select(further.c.npi).where(wanted.holds(further)))
            )
            # A deactivated row does not say where it was: kept, so that a provider known from before is switched off.
            unplaced = and_(main.c.state.is_(None), main.c.zip.is_(None), main.c.deactivated_on.is_not(None))
            registry = registry.where(or_(main.c.npi.in_(near), unplaced))
            places = places.where(further.c.npi.in_(near))
        return {"registry": select(registry.union_all(alone).subquery()), "registry_place": places}

    def notes(self, present: Mapping[str, Collection[str]]) -> list[str]:
        if not present.get("main"):
            return []
        lacking = {
            "names": {"organisation_name", "last_name"},
            "addresses": {"address", "city"},
            "states": {"state"},
            "ZIP codes": {"zip"},
            "specialties": {"taxonomy_code_1"},
            "primary specialties (the first given one counts instead)": {"primary_1"},
            "deactivations": {"deactivated_on"},
            "replacements": {"replacement_npi"},
        }
        missing = [what for what, fields in lacking.items() if not fields & set(present["main"])]
        return [f"This file has no {', no '.join(missing)}."] if missing else []

    def remarks(self, staged: Mapping[str, FromClause], known: Mapping[str, Any]) -> "list[tuple[str, Select[Any]]]":
        main = staged["main"]
        count = select(func.count()).select_from(main)
        dead = and_(main.c.deactivated_on.is_not(None), ~_active(main, None))
        said = [("{n} providers are deactivated.", count.where(dead))]
        if wanted := Area.asked_for(known):
            outside = and_(~wanted.holds(main), or_(main.c.state.is_not(None), main.c.zip.is_not(None)))
            further = select(staged["further_places"].c.npi).where(wanted.holds(staged["further_places"]))
            told = "{n} providers have no place in the area asked for and were left out."
            said.append((told, count.where(outside, main.c.npi.not_in(further))))
        return said


class Area:
    """States and counties that an import is held to; a place lies in it by its state, or its ZIP's state or county."""

    def __init__(self, states: Collection[str], counties: Collection[str]) -> None:
        places = zip_places()
        self._states = [s.upper() for s in states]
        self._by_state = sorted(places.loc[places["state"].isin(self._states), "zip"])
        self._by_county = sorted(places.loc[places["county_fips"].isin(counties), "zip"])
        unknown = [s for s in self._states if not (places["state"] == s).any()]
        unknown += [c for c in counties if not (places["county_fips"] == c).any()]
        if unknown:
            raise LiaisonError(
                f"{', '.join(unknown)}: no such state or county.",
                remedy="Give states by two letters (TN) and counties by five digits (47037).",
            )

    @classmethod
    def asked_for(cls, known: Mapping[str, Any]) -> "Area | None":
        """From lists or text such as 'TN, KY'; None where nothing is asked for."""
        asked = [_words(known.get(name)) for name in ("states", "counties")]
        return cls(*asked) if any(asked) else None

    def holds(self, place: FromClause) -> ColumnElement[bool]:
        """Whether a row's place lies in the area; false where it has none."""
        zip5, state = func.substr(_zip(place), 1, 5), func.upper(place.c.state)
        # The state column is free text: where it is no two letters, the ZIP tells.
        by_name = or_(state.in_(self._states), and_(func.length(state) != 2, zip5.in_(self._by_state)))
        return func.coalesce(or_(by_name if self._states else false(), zip5.in_(self._by_county)), false())


def _words(asked: Any) -> list[str]:
    return [w for w in re.split(r"[,;\s]+", asked) if w] if isinstance(asked, str) else list(asked or [])


def _plain(column: Text) -> Text:
    """A number that went through a data frame ('1.0') as it was."""
    return case((column.like("%.0"), func.substr(column, 1, func.length(column) - 2)), else_=column)


def _zip(place: FromClause) -> Text:
    """Five or nine digits; a zero that a spreadsheet took from the front is put back. Foreign codes stay."""
    code = func.replace(_plain(place.c.zip), "-", "")
    ours = or_(place.c.country.is_(None), func.upper(place.c.country).in_(HOME))
    lost = and_(ours, func.length(code).in_((4, 8)), func.regexp_full_match(code, "[0-9]+"))
    return case((lost, literal("0").concat(code)), else_=code)


def _name(main: FromClause) -> Text:
    person = func.nullif(func.trim(func.concat_ws(" ", main.c.first_name, main.c.last_name)), "")
    return func.coalesce(main.c.organisation_name, person)


def _taxonomy(main: FromClause) -> Text:
    """The slot marked as primary, else the first that is filled."""
    marked = [case((func.upper(main.c[f"primary_{n}"]) == "Y", main.c[f"taxonomy_code_{n}"])) for n in SLOTS]
    return func.coalesce(*marked, *(main.c[f"taxonomy_code_{n}"] for n in SLOTS))


def _active(main: FromClause, listed: FromClause | None) -> ColumnElement[bool]:
    """Not deactivated; or data beside the date says that it was taken back."""
    back = func.coalesce(main.c.reactivated_on >= main.c.deactivated_on, main.c.entity.is_not(None))
    stands: ColumnElement[bool] = or_(main.c.deactivated_on.is_(None), back)
    if listed is not None:
        later = func.coalesce(listed.c.on > func.coalesce(main.c.reactivated_on, -1), false())
        stands = and_(stands, ~later)
    return stands


def _registry(main: FromClause, listed: FromClause) -> Select[Any]:
    return select(
        main.c.npi,
        _name(main).label("name"),
        _plain(main.c.entity).label("entity"),
        main.c.address,
        main.c.city,
        main.c.state,
        _zip(main).label("zip"),
        _taxonomy(main).label("taxonomy_code"),
        func.greatest(main.c.deactivated_on, listed.c.on).label("deactivated_day"),
        main.c.reactivated_on.label("reactivated_day"),
        main.c.replacement_npi,
        _active(main, listed).label("active"),
        main.c.place,
    ).select_from(main.outerjoin(listed, listed.c.npi == main.c.npi))


def _deactivated_only(gone: FromClause, main: FromClause) -> Select[Any]:
    """Providers whom only the list of deactivations names."""
    blank = [null().label(name) for name in ("name", "entity", "address", "city", "state", "zip", "taxonomy_code")]
    return select(
        gone.c.npi,
        *blank,
        gone.c.deactivated_on.label("deactivated_day"),
        null().label("reactivated_day"),
        null().label("replacement_npi"),
        (~true()).label("active"),
        gone.c.place,
    ).where(gone.c.npi.not_in(select(main.c.npi)))


def _places(further: FromClause) -> Select[Any]:
    return select(
        further.c.npi, further.c.address, further.c.city, further.c.state, _zip(further).label("zip"), further.c.place
    )
