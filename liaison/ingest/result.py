"""What an import says of itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from liaison.errors import LiaisonError, Where
from liaison.ingest.rejects import Reject

# Columns of the contract's JSON, in its order.
COUNTS = (
    *("rows_read", "rows_accepted", "rows_rejected", "rows_new", "rows_updated", "rows_unchanged"),
    *("npi_invalid", "without_referrer"),
)


@dataclass(frozen=True)
class ImportResult:
    """`rejects`: the first thousand; `rejects_file`: all of them. `data_version` is the one that holds the batch.

    accepted + rejected = read; new + updated + unchanged = distinct keys. `as_of` in days since 1970-01-01.
    `repeated`: the batch was there before, so nothing was done; `dry_run`: it was only tried.
    """

    batch: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_new: int
    rows_updated: int
    rows_unchanged: int
    npi_invalid: int
    without_referrer: int
    rejects: tuple[Reject, ...]
    rejects_file: Path | None
    notes: tuple[str, ...]
    data_version: int
    seconds: float
    as_of: int
    repeated: bool = False
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """The keys of the command `import`."""
        return {
            "batch": self.batch,
            **{name: getattr(self, name) for name in COUNTS},
            "rejects": [reject.as_json() for reject in self.rejects],
            "rejects_file": str(self.rejects_file) if self.rejects_file else None,
            "notes": list(self.notes),
            "as_of": (date(1970, 1, 1) + timedelta(days=self.as_of)).isoformat(),
            "repeated": self.repeated,
            "dry_run": self.dry_run,
            "data_version": self.data_version,
            "seconds": self.seconds,
        }


class BatchRefusedError(LiaisonError):
    """Too many rows are bad, so that none goes in; `result` has the counts and the rows."""

    def __init__(self, what: str, where: Where | None, remedy: str, result: ImportResult) -> None:
        super().__init__(what, where, remedy)
        self.result = result

    def as_json(self) -> dict[str, Any]:
        told = self.result.as_json()
        wanted = ("rows_read", "rows_accepted", "rows_rejected", "rejects", "rejects_file", "notes")
        return {**super().as_json(), **{name: told[name] for name in wanted}}

    def __reduce__(self) -> tuple[Any, ...]:
        return (BatchRefusedError, (self.what, self.where, self.remedy, self.result))
