"""Touches by channel, what practices answer to, and who was only ever reached from afar."""

from collections.abc import Hashable

import pandas as pd

from liaison.metrics.findings.brief import day_words
from liaison.planning.stored.team import Team
from liaison.ui import parts
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.vocabulary import Channel

COLUMNS = {
    "channel": Col("Channel", 110),
    "touches": Col("Touches", 84, "count"),
    "answered": Col("Answered", 88, "count"),
    "practices": Col("Practices", 88, "count"),
    "answering": Col("Answered there", 120, "count"),
}
ON_PHONE = {
    "channel": Col("Channel", 92),
    "touches": Col("Touches", 78, "count"),
    "answered": Col("Answered", 84, "count"),
    "practices": Col("Practices", 84, "count"),
}
NAMED = 6


def show(found: Team, version: Hashable) -> None:
    """The channels; then those that nobody was ever at."""
    window = f"{day_words(found.touches.first)} to {day_words(found.touches.last)}"
    parts.picture("Touches by channel", f"{window}. Answered: something came of it.")
    columns = ON_PHONE if phone() else COLUMNS
    table(
        lambda: _by_channel(found),
        columns,
        version=version,
        key="team-channels",
        alt="Touches by channel and what came of them",
        most=5,
    )
    far = [found.names.get(id_, id_) for id_ in found.touches.only_far()]
    if far:
        more = f" and {len(far) - NAMED:,} more" if len(far) > NAMED else ""
        parts.note(f"Reached only by call, mail or video: {', '.join(far[:NAMED])}{more}.")
    else:
        parts.note("Every practice that was reached was also seen in person or at an event.")
    download(lambda: frame(found), "practices-by-channel", key="team-reached", label="By practice")


def _by_channel(found: Team) -> pd.DataFrame:
    return pd.DataFrame([{"channel": channel.label, **_counts(found, channel)} for channel in Channel])


def _counts(found: Team, channel: Channel) -> dict[str, int]:
    names = ("touches", "answered", "practices", "answering")
    return dict(zip(names, found.touches.of(channel), strict=True))


def frame(found: Team) -> pd.DataFrame:
    """A row a practice: touches and answers by channel, the channel that it answers to, whether only from afar."""
    far, rows = set(found.touches.only_far()), []
    for id_, tried in sorted(found.touches.by_practice.items()):
        best = found.touches.answers_to(id_)
        row: dict[str, object] = {"practice_id": id_, "name": found.names.get(id_, id_)}
        for channel in Channel:
            own = tried.get(channel)
            row[channel.value] = own.touches if own else 0
            row[f"{channel.value}_answered"] = own.answered if own else 0
        rows.append({**row, "answers_to": best.value if best else None, "only_from_afar": id_ in far})
    return pd.DataFrame(rows)
