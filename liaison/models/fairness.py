"""Who gets the visits, beside who needs them: rural, small and safety-net practices against all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

FIRST = 25  # places of the list that are looked at
SMALL = 3.0  # referrals a month: below, a practice is small
MOST_ELSEWHERE = 0.95  # taken at most, so that one referral seen of many does not stand for hundreds


@dataclass(frozen=True)
class Sends:
    """A practice: referrals a month to us without a visit, and its share that goes elsewhere, None where not seen."""

    to_us: float
    elsewhere: float | None

    @property
    def need(self) -> float:
        """Referrals of its patients a month, wherever they go."""
        return self.to_us / (1 - min(self.elsewhere or 0.0, MOST_ELSEWHERE))


@dataclass(frozen=True)
class Share:
    """A group's share, 0 to 1, of practices, of need, of the visits made and of the list's first places."""

    group: str
    practices: int
    of_practices: float
    of_need: float
    of_visits: float | None
    of_list: float | None


def fairness(
    sends: Mapping[str, Sends],
    groups: Mapping[str, Collection[str]],
    visits: Mapping[str, int],
    listed: Collection[str],
) -> tuple[Share, ...]:
    """A row a group. `groups`: name -> practice ids; `visits`: practice -> how many; `listed`: who is to be seen first.

    Only practices in `sends` count; shares of visits or of the list are None where there are none.
    """
    need = {practice: each.need for practice, each in sends.items()}
    made = {practice: visits.get(practice, 0) for practice in sends}
    first = [practice for practice in listed if practice in sends]
    found = []
    for name, members in groups.items():
        inside = [practice for practice in members if practice in sends]
        held = set(inside)
        found.append(
            Share(
                name,
                len(inside),
                _share(len(inside), len(sends)) or 0.0,
                _share(sum(need[p] for p in inside), sum(need.values())) or 0.0,
                _share(sum(made[p] for p in inside), sum(made.values())),
                _share(sum(p in held for p in first), len(first)),
            )
        )
    return tuple(found)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
