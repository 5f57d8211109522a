"""A file a metric: its sentence, its parts, why it matters, who checked it and when it is looked at again."""

from liaison.metrics.definitions import (
    appointments,
    change,
    come_home,
    credit,
    feedback,
    funnel,
    leakage,
    organisations,
    practices,
    shares,
    stuck,
    volume,
)
from liaison.metrics.definitions.base import METRICS, Metric

__all__ = [
    "METRICS",
    "Metric",
    "appointments",
    "change",
    "come_home",
    "credit",
    "feedback",
    "funnel",
    "leakage",
    "organisations",
    "practices",
    "shares",
    "stuck",
    "volume",
]
