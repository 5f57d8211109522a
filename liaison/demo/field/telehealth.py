"""Whether our specialists in the demo market see patients by video or phone; of some nobody has said."""

import numpy as np
import pandas as pd

from liaison.demo.field.scene import Scene
from liaison.demo.lines import LINES
from liaison.demo.market import OURS
from liaison.vocabulary import Telehealth

SAID = ("", *Telehealth)  # in the order of WEIGHTS; blank is not known
WEIGHTS = (0.2, 0.25, 0.25, 0.1, 0.2)
NOTES = ("Follow-ups only; the first visit is in person.", "Tuesday and Thursday afternoons.", "New patients too.", "")


def provider_file(scene: Scene) -> pd.DataFrame:
    """The providers with two columns more, filled for our own specialists."""
    clinicians, draw = scene.world.clinicians, scene.draw("telehealth")
    ours = [
        clinicians.npis[at]
        for line in range(len(LINES))
        for at in range(clinicians.start[OURS, line], clinicians.start[OURS, line] + clinicians.many[OURS, line])
    ]
    said = dict(zip(ours, draw.choice(len(SAID), len(ours), p=WEIGHTS), strict=True))
    notes = dict(zip(ours, draw.integers(0, len(NOTES), len(ours)), strict=True))
    found = clinicians.providers
    how = [SAID[said[npi]] if npi in said else "" for npi in found["npi"]]
    offered = np.isin(how, [word for word in Telehealth if word.ways])
    words = [NOTES[notes[npi]] if shown else "" for npi, shown in zip(found["npi"], offered, strict=True)]
    return found.assign(telehealth=[str(word) for word in how], telehealth_note=words)
