"""How an error speaks: what happened, where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Where:
    """A place in a file; `row` counts as a spreadsheet does (the header is row 1)."""

    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        named = [self.file or "", f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in named if part)


class LiaisonError(Exception):
    """The one error that is shown to people as a sentence. Anything else is a bug and surfaces."""

    def __init__(self, what: str, where: Where | None = None, remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where and str(self.where) else ""
        return f"{self.what}{place} {self.remedy}".strip()

    def as_json(self) -> dict[str, str | None]:
        return {"message": self.what, "where": str(self.where) if self.where else None, "remedy": self.remedy}

    def __reduce__(self) -> tuple[type, tuple[str, Where | None, str]]:
        # Errors cross the worker's process boundary whole.
        return (LiaisonError, (self.what, self.where, self.remedy))


def nearest(name: str, present: Sequence[str]) -> str | None:
    """The present name that most looks like `name`, if any does."""
    folded = {p.casefold(): p for p in present}
    found = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.7)
    return folded[found[0]] if found else None
