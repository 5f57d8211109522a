"""A figure is a value with its papers; there is no other way to put a number on a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from liaison.metrics.window import Window


class Unit(Enum):
    """How a value is written."""

    share = "share"
    count = "referrals"
    days = "days"
    money = "dollars"


@dataclass(frozen=True)
class Coverage:
    """How much of what should be known is known; `of_what` names both in words."""

    known: int
    of: int
    of_what: str

    @property
    def share(self) -> float | None:
        return self.known / self.of if self.of else None

    def __str__(self) -> str:
        share = "none" if self.share is None else percent(self.share)
        return f"{self.of_what}: {share} ({self.known:,} of {self.of:,})"

    def as_json(self) -> dict[str, Any]:
        return {"known": self.known, "of": self.of, "share": self.share, "says": str(self)}


@dataclass(frozen=True)
class Figure:
    """One number: what it is (`definition`), what it was made of, over which months, from how fresh a source."""

    definition: str
    value: float | None
    unit: Unit
    window: Window | None
    numerator: int | None = None
    denominator: int | None = None
    coverage: Coverage | None = None
    vintage: date | None = None
    low: float | None = None
    high: float | None = None
    suppressed: bool = False
    beside: Mapping[str, int | None] = field(default_factory=dict)

    def __str__(self) -> str:
        return "fewer than 11" if self.suppressed else formatted(self.value, self.unit)

    def papers(self) -> str:
        """The sentence under a figure: numerator, denominator, window, coverage, vintage."""
        parts = [] if self.window is None else [str(self.window)]
        if self.suppressed:
            parts.insert(0, "hidden: fewer than 11 referrals, or one that would give such a number away")
        elif self.numerator is not None and self.denominator is not None:
            parts.insert(0, f"{self.numerator:,} of {self.denominator:,} referrals")
        parts += [str(self.coverage)] if self.coverage else []
        parts += [f"extract of {date_words(self.vintage)}"] if self.vintage else []
        return " · ".join(parts)

    def as_json(self) -> dict[str, Any]:
        """value, numerator, denominator and what is shown beside them; null and `suppressed` where hidden."""
        found: dict[str, Any] = {"numerator": self.numerator, "denominator": self.denominator, "value": self.value}
        found |= dict(self.beside)
        return found | ({"suppressed": True} if self.suppressed else {})


def papers_as_json(window: Window | None, vintage: date | None, coverage: Coverage | None) -> dict[str, Any]:
    """What stands at the head of every answer: window, vintage, coverage."""
    return {
        "window": window.as_json() if window else None,
        "vintage": vintage.isoformat() if vintage else None,
        "coverage": coverage.as_json() if coverage else None,
    }


def formatted(value: float | None, unit: Unit) -> str:
    """A value as tile, cell, slide and JSON text write it."""
    if value is None:
        return "not known"
    if unit is Unit.share:
        return percent(value)
    if unit is Unit.money:
        return money(value)
    if unit is Unit.days:
        return "over 400 days" if value > 400 else f"{value:,.0f} day{'' if value == 1 else 's'}"
    return f"{value:,.0f}"


def percent(share: float) -> str:
    """From 10% up without decimals, below with one."""
    return f"{share:.0%}" if share >= 0.0995 or share == 0 else f"{share:.1%}"


def money(value: float) -> str:
    """'$1.2M', '$310k', '$85'."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size >= 999_500:
        return f"{sign}${size / 1e6:.1f}M"
    return f"{sign}${size / 1e3:.0f}k" if size >= 9_950 else f"{sign}${size:,.0f}"


def date_words(when: date) -> str:
    """'2 Nov 2026'."""
    return f"{when.day} {when:%b %Y}"
