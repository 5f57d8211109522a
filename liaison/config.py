"""The one way to configure: environment variables that begin with LIAISON_."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from liaison.errors import LiaisonError


class Settings(BaseSettings):
    """Everything an instance can be told. Thresholds are those of the field (shown where they are used)."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", frozen=True)

    home: Path = Path("data/local")
    demo_home: Path = Path("data/demo")
    store_url: str | None = None
    facts_url: str | None = None
    zone: str = "UTC"
    audience: Literal["inside", "outside"] = "inside"  # whom the pages are shown to

    memory: str = "600MB"  # of the engine that counts and imports; a whole import stays under 1 GB
    threads: int = 2
    max_bytes: int = 50 << 30  # of one file after unzipping
    max_members: int = 50  # of one zip
    max_reject_share: float = 0.05

    loyalist_from: float = 0.80
    dabbler_to: float = 0.20
    loyalty_minimum: int = 8
    small_n: int = 11
    stuck_minimum_days: int = 14

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise LiaisonError(
                f"LIAISON_ZONE is {zone}, which is not a time zone.",
                remedy="Give an IANA name such as America/Chicago.",
            )
        return zone

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def store_address(self) -> str:
        """The store's URL; a SQLite file in the home unless a team names its own database."""
        return self.store_url or f"sqlite:///{self.home.resolve() / 'store.sqlite'}"

    def for_demo(self) -> "Settings":
        """The same settings for the demo market's own home: always SQLite and files."""
        return self.model_copy(update={"home": self.demo_home, "store_url": None, "facts_url": None})
