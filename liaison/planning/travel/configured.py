"""Drive times as an instance is set up: what its settings name comes first, the estimate fills the gaps."""

from collections.abc import Sequence

from liaison.config import Settings
from liaison.planning.travel.estimate import Roads
from liaison.planning.travel.matrix_file import read_matrix
from liaison.planning.travel.server import Server
from liaison.planning.travel.table import Place, TravelTable, travel_times


def roads(settings: Settings) -> Roads:
    """What the estimate assumes here."""
    return Roads(settings.travel_circuity, settings.travel_speeds, settings.travel_park, settings.travel_factor)


def server(settings: Settings) -> Server | None:
    """The team's routing server; None where none is named."""
    if not settings.travel_url:
        return None
    return Server(settings.travel_url, settings.travel_kind, settings.travel_timeout, settings.travel_places)


def configured(settings: Settings, places: Sequence[Place]) -> TravelTable:
    """Minutes between these places by file, server and estimate; a server's answers are kept in the home."""
    matrix = read_matrix(settings.travel_file) if settings.travel_file else None
    return travel_times(places, roads(settings), matrix, server(settings), settings.home / "cache")
