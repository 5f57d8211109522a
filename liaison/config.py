"""The one way to configure: environment variables that begin with LIAISON_."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from liaison.errors import LiaisonError

Bands = tuple[tuple[float, float], ...]
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d"
FORMS = ("pdf", "pptx", "xlsx")  # `vocabulary.ReportFile`
# By purpose of a visit (`vocabulary.Purpose`).
MINUTES = {"introduction": 40.0, "follow_up": 30.0, "ask": 30.0, "education": 45.0, "problem": 30.0, "drop_by": 15.0}


class Settings(BaseSettings):
    """Everything an instance can be told. Thresholds are those of the field (shown where they are used)."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", frozen=True)

    home: Path = Path("data/local")
    demo_home: Path = Path("data/demo")
    store_url: str | None = None
    facts_url: str | None = None
    zone: str = "UTC"
    audience: Literal["inside", "outside"] = "inside"  # whom the pages are shown to
    paper: Literal["letter", "a4"] = "letter"  # of what is printed
    # Signing in (liaison.access.proxied): the header in which a proxy names who is signed in; blank: one user.
    user_header: str = ""
    trusted_proxies: str = "127.0.0.0/8,::1"  # from these addresses only the header is believed
    # The executive summary of each month, written by the worker (liaison.jobs.monthly); without a folder: not at all.
    report_folder: Path | None = None
    report_day: Annotated[int, Field(ge=1, le=28)] = 5  # of the month after
    report_formats: str = "pdf,pptx,xlsx"

    # Mail through the team's own server (liaison.jobs.mailed); without a host nothing is ever sent.
    mail_host: str = ""
    mail_port: Annotated[int, Field(ge=1, le=65535)] = 587
    mail_security: Literal["starttls", "ssl", "none"] = "starttls"
    mail_user: str = ""
    mail_password_file: Path | None = None  # its first line
    mail_from: str = ""  # one address, which answers go to
    mail_links: str = ""  # where people open Liaison, such as https://liaison.example.org; blank: mails without links
    mail_hour: Annotated[int, Field(ge=0, le=23)] = 7  # of the day, from which on what is overdue is told
    mail_digest_day: Literal["Mo", "Tu", "We", "Th", "Fr"] = "Mo"
    mail_timeout: Annotated[float, Field(gt=0, le=300)] = 20.0  # seconds that the server may be silent

    memory: str = "600MB"  # of the engine that counts and imports; a whole import stays under 1 GB
    threads: int = 2
    max_bytes: int = 50 << 30  # of one file after unzipping
    max_members: int = 50  # of one zip
    max_reject_share: float = 0.05

    # Drive times (liaison.planning.travel): a routing server or matrix file of one's own, else the estimate's parts.
    travel_url: str | None = None
    travel_kind: Literal["osrm", "valhalla"] = "osrm"
    travel_timeout: Annotated[float, Field(gt=0)] = 10.0
    travel_places: Annotated[int, Field(ge=2)] = 100  # in one request
    travel_file: Path | None = None
    travel_circuity: Bands = ((2.0, 1.5), (10.0, 1.4), (1e9, 1.3))  # up to straight miles, road miles a straight mile
    travel_speeds: Bands = ((2.0, 18.0), (4.0, 27.0), (10.0, 36.0), (1e9, 52.0))  # road miles of a trip, miles an hour
    travel_park: Annotated[float, Field(ge=0)] = 3.0  # minutes
    travel_factor: Annotated[float, Field(gt=0)] = 1.0  # logged drives in parts of the estimate

    # A working day and a visit (liaison.planning.stored), where a person's own record says nothing else.
    day_from: str = "08:00"
    day_to: str = "17:00"
    day_pause: str = "12:00-12:30"  # blank: none
    visit_minutes: dict[str, Annotated[float, Field(gt=0, le=480)]] = MINUTES  # at a practice, by purpose
    driving_price: Annotated[float, Field(ge=0)] = 0.25  # what an hour of driving costs, in average visits
    call_minutes: Annotated[float, Field(ge=5, le=240)] = 20.0  # a gap in a day from which on a call is suggested
    route_seconds: Annotated[float, Field(gt=0, le=600)] = 3.0  # of search for a week

    loyalist_from: float = 0.80
    dabbler_to: float = 0.20
    loyalty_minimum: int = 8
    small_n: int = 11
    feedback_minimum: Annotated[int, Field(ge=2, le=100)] = 5  # answers below which a survey says nothing
    exploration_share: float = 0.10  # of a month's visits, drawn by lot: what makes effects learnable
    stuck_minimum_days: int = 14

    # Barriers: when one is proposed from the data, by when it is due, and when a manager hears that it is late.
    barrier_stuck_from: Annotated[int, Field(ge=1)] = 10  # stuck referrals of a practice and line
    barrier_due_days: Annotated[int, Field(ge=1, le=365)] = 14
    barrier_escalate_days: Annotated[int, Field(ge=0, le=365)] = 7  # past the due date

    @field_validator("exploration_share")
    @classmethod
    def _a_share(cls, share: float) -> float:
        if not 0 <= share <= 0.5:
            raise LiaisonError(
                f"LIAISON_EXPLORATION_SHARE is {share:g}: at most half of the visits can be drawn by lot.",
                remedy="Give a share from 0 to 0.5, such as 0.1.",
            )
        return share

    @field_validator("user_header")
    @classmethod
    def _header(cls, name: str) -> str:
        if name and not re.fullmatch(r"[A-Za-z0-9-]{1,100}", name):
            raise LiaisonError(
                "LIAISON_USER_HEADER is no name of a header.",
                remedy="Write it as X-Forwarded-Email, or leave it blank.",
            )
        return name

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        for part in filter(None, (each.strip() for each in text.split(","))):
            try:
                ip_network(part)
            except ValueError as wrong:
                raise LiaisonError(
                    f"LIAISON_TRUSTED_PROXIES names {part}, which is no address or network.",
                    remedy="Write addresses parted by commas, such as 127.0.0.1,10.0.4.0/28; names are not looked up.",
                ) from wrong
        return text

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise LiaisonError(
                f"LIAISON_ZONE is {zone}, which is not a time zone.",
                remedy="Give an IANA name such as America/Chicago.",
            )
        return zone

    @field_validator("travel_circuity", "travel_speeds")
    @classmethod
    def _bands(cls, bands: Bands) -> Bands:
        if not bands or any(upto <= 0 or value <= 0 for upto, value in bands):
            raise LiaisonError(
                "A band of LIAISON_TRAVEL_CIRCUITY or LIAISON_TRAVEL_SPEEDS is not above 0.",
                remedy="Write [[miles, value], ...], the last for all miles beyond, such as [[2, 18], [1e9, 45]].",
            )
        return bands

    @field_validator("day_from", "day_to")
    @classmethod
    def _clock(cls, text: str) -> str:
        if not re.fullmatch(_CLOCK, text):
            raise LiaisonError(f"{text} is no time of day.", remedy="Write LIAISON_DAY_FROM and _TO as 08:00.")
        return text

    @field_validator("day_pause")
    @classmethod
    def _pause(cls, text: str) -> str:
        first, _, last = text.partition("-")
        if text and not (re.fullmatch(f"{_CLOCK}-{_CLOCK}", text) and first.zfill(5) < last.zfill(5)):
            raise LiaisonError(
                f"LIAISON_DAY_PAUSE is {text}, which is no pause.", remedy="Write it as 12:00-12:30, or leave it blank."
            )
        return text

    @field_validator("report_formats")
    @classmethod
    def _forms(cls, text: str) -> str:
        names = [name.strip().lower() for name in text.split(",") if name.strip()]
        wrong = [name for name in names if name not in FORMS]
        if wrong or not names:
            raise LiaisonError(
                f"LIAISON_REPORT_FORMATS is {text or 'blank'}: {wrong[0] if wrong else 'that'} is no form of a report.",
                remedy=f"Name some of {', '.join(FORMS)}, parted by commas.",
            )
        return ",".join(dict.fromkeys(names))

    @field_validator("visit_minutes")
    @classmethod
    def _every_purpose(cls, minutes: dict[str, float]) -> dict[str, float]:
        unknown = [name for name in minutes if name not in MINUTES]
        if unknown:
            raise LiaisonError(
                f"LIAISON_VISIT_MINUTES names {unknown[0]}, which is no purpose of a visit.",
                remedy=f"Purposes are {', '.join(MINUTES)}.",
            )
        return {**MINUTES, **minutes}

    @field_validator("mail_links")
    @classmethod
    def _links(cls, text: str) -> str:
        if text and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text):
            raise LiaisonError(
                f"LIAISON_MAIL_LINKS is {text}, which is no address of a site.",
                remedy="Write https:// and the host that people open, without a question mark, or leave it blank.",
            )
        return text.rstrip("/")

    @model_validator(mode="after")
    def _mail(self) -> "Settings":
        """A server without what it needs to be spoken to is refused at once, not when the first mail is due."""
        if not self.mail_host:
            return self
        if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", self.mail_from):
            raise LiaisonError(
                "LIAISON_MAIL_HOST is set, and LIAISON_MAIL_FROM is no address to send from.",
                remedy="Write it as liaison@example.org.",
            )
        if bool(self.mail_user) != (self.mail_password_file is not None):
            raise LiaisonError(
                "LIAISON_MAIL_USER and LIAISON_MAIL_PASSWORD_FILE belong together, and one of them is missing.",
                remedy="Set both, or neither where the server asks for no password.",
            )
        if self.mail_user and self.mail_security == "none":
            raise LiaisonError(
                "LIAISON_MAIL_SECURITY is none, which would send the password readable by everybody on the way.",
                remedy="Set it to starttls or ssl.",
            )
        return self

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def store_address(self) -> str:
        """The store's URL; a SQLite file in the home unless a team names its own database."""
        return self.store_url or f"sqlite:///{self.home.resolve() / 'store.sqlite'}"

    def for_demo(self) -> "Settings":
        """The same settings for the demo market's own home: always SQLite and files, and nobody there gets mail."""
        own = {"home": self.demo_home, "store_url": None, "facts_url": None, "mail_host": ""}
        return self.model_copy(update=own)
