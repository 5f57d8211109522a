"""What visits caused: referrals beyond those of practices of the same size, recent path and market."""

from liaison.models.effect.effect import Effect, effect
from liaison.models.effect.interval import Interval
from liaison.models.effect.money import Cost, Line, Money
from liaison.models.effect.report import as_json

__all__ = ["Cost", "Effect", "Interval", "Line", "Money", "as_json", "effect"]
