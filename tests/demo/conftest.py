"""One small market for all tests of the room, files beside the world they came from; one home holds another."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from liaison.config import Settings
from liaison.demo.build import DemoBuilt, build
from liaison.demo.files import write_files
from liaison.demo.options import Options
from liaison.demo.referrals import Progress
from liaison.demo.truth import truth
from liaison.demo.volume import World, build_world
from liaison.facts.home import Home

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


def small(home: Home, truth: Path | None = None, progress: Progress | None = None) -> DemoBuilt:
    return build(home, seed=4, practices=60, referrals=4_000, truth=truth, progress=progress)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def home(folder: Path) -> Home:
    return Home.open(Settings(home=folder / "home"))


@pytest.fixture(scope="session")
def said() -> list[tuple[float, str]]:
    return []


@pytest.fixture(scope="session")
def built(home: Home, folder: Path, said: list[tuple[float, str]]) -> DemoBuilt:
    return small(home, folder / "truth.json", lambda share, words: said.append((share, words)))
