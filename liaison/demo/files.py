"""A demo market as the files that a team would bring: one a format, in the order in which they lean on each other."""

from pathlib import Path

import pandas as pd

from liaison.demo.field.scene import Scene
from liaison.demo.field.telehealth import provider_file
from liaison.demo.field.visits import visit_file
from liaison.demo.people import assignments, contacts, people
from liaison.demo.referrals import Progress, Tally, write_parquet
from liaison.demo.visits import margins
from liaison.demo.volume import World

# Format -> file; referrals last, so that whoever they name is known and they are counted once.
NAMES = {
    **{
        name: f"{name}.csv"
        for name in (
            "organisations",
            "practices",
            "providers",
            "territories",
            "people",
            "assignments",
            "contacts",
            "visits",
            "costs",
            "margins",
        )
    },
    "referrals": "referrals.parquet",
}


def write_files(world: World, folder: Path, progress: Progress | None = None) -> Tally:
    """Write every file; the same world gives the same bytes."""
    market, scene = world.market, Scene(world)
    tables = {
        "organisations": market.organisations,
        "practices": market.practices,
        "providers": provider_file(scene),
        "territories": market.territories,
        "people": people(market),
        "assignments": assignments(market),
        "contacts": contacts(market),
        "visits": visit_file(scene),
        "costs": world.programme.costs,
        "margins": margins(market),
    }
    for name, table in tables.items():
        _write_csv(table, folder / NAMES[name])
    return write_parquet(world, folder / NAMES["referrals"], progress)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
