"""The person (or process) that a figure is made for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """`territories` None means the whole market; else only what lies in these territories is counted. `person_id`: of
    who is signed in, None where nobody signs in.
    """

    name: str
    territories: frozenset[str] | None = None
    person_id: str | None = None

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The part of a cache key that decides what is counted: viewers of equal scope share answers."""
        return None if self.territories is None else tuple(sorted(self.territories))


def owner() -> Viewer:
    """The one user of an instance on loopback, who sees the whole market."""
    return Viewer("owner")
