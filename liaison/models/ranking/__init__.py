"""Whom to see next: what one more visit is expected to bring, practice by practice, and why."""

from liaison.models.ranking.given import Given, Reason, Row
from liaison.models.ranking.proof import Checks, check
from liaison.models.ranking.rank import Fitted, Ranking, rank

__all__ = ["Checks", "Fitted", "Given", "Ranking", "Reason", "Row", "check", "rank"]
