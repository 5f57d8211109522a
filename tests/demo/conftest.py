"""One small market for all tests of the room: built once, files beside the world they came from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from liaison.demo.files import write_files
from liaison.demo.options import Options
from liaison.demo.truth import truth
from liaison.demo.volume import World, build_world

OPTIONS = Options(seed=7, practices=120, referrals=60_000)


@dataclass(frozen=True)
class Built:
    """A market, its files, and what is true of it."""

    world: World
    folder: Path
    truth: dict[str, Any]

    def csv(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / f"{name}.csv", dtype=str, keep_default_na=False)

    def records(self, name: str) -> list[dict[str, str]]:
        return [{str(k): str(v) for k, v in row.items()} for row in self.csv(name).to_dict("records")]

    def referrals(self) -> pd.DataFrame:
        frame: pd.DataFrame = pq.read_table(self.folder / "referrals.parquet").to_pandas(date_as_object=True)
        return frame


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("market")
    world = build_world(OPTIONS)
    tally = write_files(world, folder)
    return Built(world, folder, truth(world, tally))
