"""What practices can be coloured by on the map of next visits: the gain of one more visit."""

from liaison.charts.forecast_tenths import amount
from liaison.charts.place_metrics import Place, PlaceMetric


def _gain(place: Place) -> float | None:
    return place.amount


GAIN = PlaceMetric(
    "gain",
    "Expected gain",
    "referrals that one more visit should bring",
    False,
    lambda t: t.volume,
    _gain,
    lambda p: p.referrals or 0,
)


def gain_words(gain: float, low: float, high: float) -> str:
    """Under the pointer: '+11 referrals, 5 to 18'."""
    sign = "+" if gain > 0 else ""
    return f"{sign}{amount(gain)} referrals, {amount(low)} to {amount(high)}"
