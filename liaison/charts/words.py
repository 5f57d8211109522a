"""Numbers as words: one way to write a share, a count, a month, everywhere in charts and tiles."""

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd

from liaison.vocabulary import month_words

HIDDEN = "< 11"
HIDDEN_LONG = "fewer than 11"
NOTHING = "\u2013"

SIGNED_LIFT = "datum.value == 0 ? '0' : format(datum.value, '+.0%')"  # Vega's expressions for an axis over zero
SIGNED_COUNT = "datum.value == 0 ? '0' : format(datum.value, '+,d')"
MONTH_LABEL = "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][datum.value % 12]"
MONTH_AXIS = f"{MONTH_LABEL} + ' ' + floor(datum.value / 12)"  # Vega's expression for a month_id


def percent(share: float) -> str:
    """A share from 0 to 1: whole from 10% up, one decimal below, and 0% where there is none."""
    points = share * 100
    if round(points, 1) >= 10 or round(points, 1) == 0:
        return "under 0.1%" if 0 < points < 0.05 else f"{points:.0f}%"
    return f"{points:.1f}%"


def whole(number: float) -> str:
    """A count with its thousands separated and a true minus sign."""
    return f"{number:,.0f}".replace("-", "\u2212")


def signed_whole(number: float) -> str:
    """'+3,430', '\u2212391', '0'."""
    return f"{number:+,.0f}".replace("-", "\u2212") if round(number) else "0"


def signed_percent(share: float) -> str:
    """'+10%', '\u22125%', '0%'."""
    return f"{share:+.0%}".replace("-", "\u2212") if round(share, 2) else "0%"


def days(number: float) -> str:
    """Days in words: '1 day', '12 days'."""
    return "1 day" if round(number) == 1 else f"{number:,.0f} days"


def months(first: int, last: int) -> str:
    """A window of month_ids, both ends in it: 'Nov 2025 to Oct 2026'."""
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"


def told_apart(labels: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """key -> label, with the key added where two keys share a label: two Elm Streets stay two rows."""
    owner: dict[str, set[str]] = {}
    for key, label in zip(keys, labels, strict=True):
        owner.setdefault(label, set()).add(key)
    return {
        key: label if len(owner[label]) == 1 else f"{label} ({key})" for key, label in zip(keys, labels, strict=True)
    }


def flagged(frame: pd.DataFrame, column: str) -> "pd.Series[bool]":
    """The column as true or false; a frame without it, or a null in it, says false."""
    if column not in frame:
        return pd.Series(False, index=frame.index)
    return frame[column].map(lambda flag: bool(flag) if pd.notna(flag) else False).astype(bool)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as dicts by column name."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
