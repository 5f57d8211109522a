"""What a territory would look like with some of its neighbours' ZIPs: the same counts, added up along other lines."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from liaison.metrics.figure import Figure, papers_as_json
from liaison.metrics.places import Counted, PlaceCounts
from liaison.vocabulary import NONE


@dataclass(frozen=True)
class Share:
    """A territory's figures: leakage with its parts, and how many practices sent anything."""

    key: str
    label: str
    practices: int
    figure: Figure

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "practices": self.practices, **self.figure.as_json()}


@dataclass(frozen=True)
class Redrawn:
    """`today` and `added` make up `redrawn`. `others`: the territories that would give ZIPs up, (today, afterwards)."""

    definitions: ClassVar = ("leakage",)

    today: Share
    added: Share
    redrawn: Share
    others: tuple[tuple[Share, Share], ...]

    def as_json(self) -> dict[str, Any]:
        figure = self.redrawn.figure
        return {
            **papers_as_json(figure.window, figure.vintage, figure.coverage),
            "today": self.today.as_json(),
            "added": self.added.as_json(),
            "redrawn": self.redrawn.as_json(),
            "others": [{"today": today.as_json(), "redrawn": after.as_json()} for today, after in self.others],
        }


def redrawn(counts: PlaceCounts, territory: str, zips: Collection[str]) -> Redrawn:
    """The territory as it was counted, in force in each referral's month, and with every practice in `zips`."""
    own = [row for row in counts.rows if row.territory == territory]
    added = [row for row in counts.rows if row.territory != territory and row.zip in zips]
    label = counts.label("territory", territory)
    others = []
    for key in sorted({row.territory for row in added} - {NONE}):
        now = [row for row in counts.rows if row.territory == key]
        name = counts.label("territory", key)
        left = [row for row in now if row.zip not in zips]
        others.append((_share(counts, key, name, now), _share(counts, key, name, left)))
    return Redrawn(
        _share(counts, territory, label, own),
        _share(counts, "added", "ZIPs added", added),
        _share(counts, territory, label, [*own, *added]),
        tuple(others),
    )


def _share(counts: PlaceCounts, key: str, label: str, rows: list[Counted]) -> Share:
    return Share(key, label, len({row.practice for row in rows}), counts.figure(rows))
