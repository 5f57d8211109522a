"""The rules, drawn. Tests run them on every engine, and docs/metrics.md prints them."""

from tests.spec.drawn.changes import CHANGES
from tests.spec.drawn.come_home import COME_HOME
from tests.spec.drawn.funnel import FUNNEL
from tests.spec.drawn.leakage import LEAKAGE
from tests.spec.drawn.others import QUALITY, SHARED, SMALL, VOLUME
from tests.spec.drawn.practices import PRACTICES
from tests.spec.drawn.resolution import RESOLUTION
from tests.spec.drawn.waiting import WAITING

CHAPTERS = (VOLUME, LEAKAGE, COME_HOME, FUNNEL, WAITING, PRACTICES, CHANGES, SHARED, RESOLUTION, SMALL, QUALITY)
