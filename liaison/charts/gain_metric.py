"""What practices can be coloured by on the map of next visits: the gain of one more visit."""

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
