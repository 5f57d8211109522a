"""What the field's records stand on: the world, its visits, and days within the window."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

import numpy as np
import pandas as pd

from liaison.demo.options import Options
from liaison.demo.people import STAFF
from liaison.demo.volume import World

T = TypeVar("T")
Row = dict[str, object]
Records = dict[str, list[Row]]


@dataclass(frozen=True)
class Scene:
    """A world seen from the field."""

    world: World

    @property
    def options(self) -> Options:
        return self.world.market.options

    @property
    def end(self) -> date:
        """The last day that anything is known of."""
        return self.options.as_of - timedelta(days=1)

    @property
    def visits(self) -> pd.DataFrame:
        return self.world.programme.visits

    @cached_property
    def dates(self) -> list[date]:
        """The day of each visit."""
        return [date.fromisoformat(day) for day in self.visits["date"]]

    @cached_property
    def position(self) -> dict[str, int]:
        """Practice id -> its place in the market."""
        return {id_: at for at, id_ in enumerate(self.world.market.ids)}

    @cached_property
    def territories(self) -> dict[str, str]:
        """Territory id -> its name."""
        table = self.world.market.territories
        return dict(zip(table["territory_id"], table["name"], strict=True))

    def draw(self, stream: str) -> np.random.Generator:
        return self.options.draw(f"field-{stream}")

    def month(self, index: int) -> date:
        """First day of a month after the programme's start, or, below 0, of one before the end."""
        return self.options.starts(index + (self.options.months if index < 0 else self.options.programme_start))

    def since(self, day: date, channel: str | None = None) -> pd.DataFrame:
        """The visits from a day on, in the order of days."""
        found = self.visits[self.visits["date"] >= day.isoformat()]
        return found if channel is None else found[found["channel"] == channel]

    def liaison(self, practice_id: str) -> str:
        """Who looks after a practice at the end."""
        return STAFF[int(self.world.market.territory[self.position[practice_id], -1])][0]

    def known(self, day: date) -> str | None:
        """The day as text, None where it lies after the end."""
        return day.isoformat() if day <= self.end else None

    @cached_property
    def clinicians(self) -> pd.DataFrame:
        """Who works at practices at the end: npi, name, taxonomy_code, practice_id; each at one place."""
        table = self.world.clinicians.providers
        here = table[(table["practice_id"] != "") & (table["to"] == "") & (table["from"] <= self.end.isoformat())]
        return here.drop_duplicates("npi")[["npi", "name", "taxonomy_code", "practice_id"]]


def one_of(draw: np.random.Generator, words: tuple[T, ...]) -> T:
    return words[int(draw.integers(0, len(words)))]
