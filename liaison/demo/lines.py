"""The twelve service lines of the demo market: invented volumes, leakage, waits and margins."""

from dataclasses import dataclass

import numpy as np

# Ids of `liaison.facts.reference.service_lines`, with taxonomy codes that lead to each.
CODES: dict[str, tuple[str, ...]] = {
    "cardiology": ("207RC0000X", "207RI0011X", "207RC0001X"),
    "neurology": ("2084N0400X", "2084V0102X", "207T00000X"),
    "orthopaedics": ("207X00000X", "207XS0106X", "207XX0005X"),
    "gastroenterology": ("207RG0100X", "207RI0008X"),
    "oncology": ("207RH0003X", "207RX0202X", "2085R0001X"),
    "pulmonology": ("207RP1001X", "207RS0012X"),
    "urology": ("208800000X",),
    "endocrinology": ("207RE0101X",),
    "general_surgery": ("208600000X", "208C00000X"),
    "womens_health": ("207V00000X", "207VM0101X"),
    "ophthalmology": ("207W00000X", "207WX0107X"),
    "dermatology": ("207N00000X", "207ND0101X"),
}
LINES = tuple(CODES)
OPENING_LINE = LINES.index("cardiology")  # what the competitor that opens mid-way takes
STUCK_LINE = LINES.index("neurology")  # where referrals wait to be scheduled


@dataclass(frozen=True)
class Line:
    """volume: relative; leak: share out of network in an average place; schedule, wait: median days from received to
    scheduled and from scheduled to the appointment; margin: dollars a seen referral, invented."""

    volume: float
    leak: float
    schedule: float
    wait: float
    margin: float


PROFILES = (
    Line(150, 0.17, 5, 11, 1_450),  # cardiology
    Line(82, 0.29, 12, 24, 620),  # neurology
    Line(120, 0.24, 4, 10, 1_900),  # orthopaedics
    Line(96, 0.15, 6, 18, 840),  # gastroenterology
    Line(40, 0.11, 3, 6, 3_100),  # oncology
    Line(52, 0.19, 6, 16, 560),  # pulmonology
    Line(60, 0.18, 5, 14, 730),  # urology
    Line(34, 0.23, 9, 22, 310),  # endocrinology
    Line(48, 0.16, 4, 9, 1_650),  # general_surgery
    Line(44, 0.14, 4, 12, 690),  # womens_health
    Line(46, 0.33, 7, 17, 480),  # ophthalmology
    Line(38, 0.36, 8, 21, 260),  # dermatology
)
VOLUME = np.array([p.volume for p in PROFILES])
LEAK = np.array([p.leak for p in PROFILES])
SCHEDULE = np.array([p.schedule for p in PROFILES])
WAIT = np.array([p.wait for p in PROFILES])
MARGIN = np.array([p.margin for p in PROFILES], dtype=float)

# The extract carries a margin for every seen referral of these lines, for some of the third, for none of the others.
MARGIN_IN_FULL = ("cardiology", "orthopaedics")
MARGIN_IN_PART = "gastroenterology"

# How much more or less than the average practice a type sends to a line.
LEANS: dict[str, dict[str, float]] = {
    "Pediatrics": {"oncology": 0.2, "cardiology": 0.3, "urology": 0.5, "womens_health": 0.2, "dermatology": 1.8},
    "Women's health": {"womens_health": 4.0, "oncology": 1.6, "urology": 1.7, "cardiology": 0.3, "orthopaedics": 0.3},
    "Urgent care": {"orthopaedics": 2.4, "general_surgery": 1.8, "endocrinology": 0.3, "oncology": 0.3},
    "Specialty group": {"oncology": 1.8, "general_surgery": 1.6, "dermatology": 0.4, "ophthalmology": 0.4},
    "Internal medicine": {"cardiology": 1.2, "endocrinology": 1.4, "pulmonology": 1.2},
}

# Month of the year, January first; winter brings lungs, summer brings skin.
SEASON = np.array([1.02, 0.96, 1.05, 1.03, 1.02, 0.99, 0.92, 0.98, 1.03, 1.08, 0.99, 0.93])
SEASON_OF_LINE = {
    "pulmonology": np.array([1.18, 1.14, 1.06, 1.0, 0.94, 0.88, 0.86, 0.88, 0.94, 1.0, 1.05, 1.07]),
    "dermatology": np.array([0.9, 0.92, 0.96, 1.02, 1.1, 1.14, 1.12, 1.06, 1.0, 0.96, 0.92, 0.9]),
}
