"""How long it takes from place to place: estimated, from a file, or from a server of the team's own."""

from liaison.planning.travel.calibration import Calibration, Leg, calibrated
from liaison.planning.travel.configured import configured
from liaison.planning.travel.estimate import Roads
from liaison.planning.travel.matrix_file import read_matrix
from liaison.planning.travel.server import Server
from liaison.planning.travel.table import Place, TravelTable, travel_times

__all__ = [
    "Calibration",
    "Leg",
    "Place",
    "Roads",
    "Server",
    "TravelTable",
    "calibrated",
    "configured",
    "read_matrix",
    "travel_times",
]
