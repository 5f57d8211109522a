"""What a job says that makes something only where the data or the records changed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """`made`: whether anything had to be worked out; `says`: why there is no run, where there is none."""

    run_id: str | None
    made: bool
    says: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"run": self.run_id, "made": self.made, "says": self.says}
