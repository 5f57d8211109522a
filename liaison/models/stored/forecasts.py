"""What to expect of each practice, as it was stored."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from liaison.store.tables import forecast_row


@dataclass(frozen=True)
class Forecast:
    """Referrals of the next three months with 80% and 95% intervals; `rate`, `recent`, `drawn`: its own factors."""

    practice_id: str
    value: float
    low_80: int
    high_80: int
    low_95: int
    high_95: int
    rate: float
    recent: float
    drawn: float
    months_text: str
    by_line_text: str

    @cached_property
    def months(self) -> tuple[dict[str, Any], ...]:
        """Each: month (YYYY-MM), referrals, low_80, high_80, low_95, high_95."""
        return tuple(json.loads(self.months_text))

    @cached_property
    def by_line(self) -> tuple[dict[str, Any], ...]:
        """Each: line (None for referrals that name none), referrals, beside (a quarter of its last twelve months).

        They add up to `value`.
        """
        return tuple(json.loads(self.by_line_text))

    def as_json(self) -> dict[str, Any]:
        """The keys of `forecast --json`."""
        names = ("low_80", "high_80", "low_95", "high_95", "rate", "recent", "drawn")
        own = {name: getattr(self, name) for name in names}
        lists = {"months": list(self.months), "lines": list(self.by_line)}
        return {"practice_id": self.practice_id, "referrals": self.value, **own, **lists}


def forecasts(connection: Connection, run_id: str, practice_id: str | None = None) -> tuple[Forecast, ...]:
    """Of every practice that has sent anything, by id; of one where it is named."""
    wanted = select(forecast_row).where(forecast_row.c.run_id == run_id).order_by(forecast_row.c.practice_id)
    if practice_id is not None:
        wanted = wanted.where(forecast_row.c.practice_id == practice_id)
    return tuple(Forecast(*row[1:]) for row in connection.execute(wanted))
