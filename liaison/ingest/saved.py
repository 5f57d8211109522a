"""Mappings that people keep by name, to use again next week."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from liaison.errors import LiaisonError, nearest
from liaison.facts.home import Home
from liaison.ingest.mapping import Mapping, parse
from liaison.store import reading, writing
from liaison.store.tables import saved_mapping


@dataclass(frozen=True)
class Saved:
    """A kept mapping, and who kept it when (UTC, ISO)."""

    name: str
    mapping: Mapping
    saved_at: str
    saved_by: str


def save(home: Home, name: str, mapping: Mapping, actor: str = "owner") -> None:
    """Keep a mapping under a name; one of that name is replaced."""
    if not name.strip():
        raise LiaisonError("A mapping needs a name to be kept.", remedy="Name it after the system it reads.")
    row = {
        "name": name.strip(),
        "format": mapping.format,
        "toml": mapping.to_toml(),
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "saved_by": actor,
    }
    with writing(home.store) as connection:
        connection.execute(delete(saved_mapping).where(saved_mapping.c.name == row["name"]))
        connection.execute(insert(saved_mapping).values(row))


def all_saved(home: Home, format_name: str | None = None) -> list[Saved]:
    """Kept mappings by name, of one format or all."""
    wanted = select(saved_mapping).order_by(saved_mapping.c.name)
    if format_name:
        wanted = wanted.where(saved_mapping.c.format == format_name)
    with reading(home.store) as connection:
        rows = connection.execute(wanted).all()
    return [Saved(row.name, parse(row.toml, row.name), row.saved_at, row.saved_by) for row in rows]


def load(home: Home, name: str) -> Mapping:
    """The mapping of that name; LiaisonError where there is none."""
    kept = {saved.name: saved.mapping for saved in all_saved(home)}
    if name not in kept:
        near = nearest(name, list(kept))
        raise LiaisonError(
            f"No mapping is kept as {name}.", remedy=f"Did you mean {near}?" if near else "Keep one first."
        )
    return kept[name]


def remove(home: Home, name: str) -> None:
    """Keep a mapping no longer."""
    with writing(home.store) as connection:
        connection.execute(delete(saved_mapping).where(saved_mapping.c.name == name))
