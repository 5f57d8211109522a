"""Charts as pictures in a file: the same specification as on a page, light, in the same typeface."""

import re
from functools import cache
from typing import Any

from liaison.charts.theme import Picture
from liaison.reports.paper import FONTS

VERSION = "6.1"  # of Vega-Lite, as Altair writes it
SHARP = 3.0  # pixels a point: crisp on a large screen
# Without room below, the tails of letters under an axis are cut.
ROOM = {"left": 2, "right": 6, "top": 6, "bottom": 6}
_FAMILY = re.compile(r'font-family="[^"]*Plex[^"]*"')
_HEAVY = re.compile(r'<text[^>]*font-weight="600"[^>]*>')


def svg(picture: Picture, width: int) -> str:
    """As SVG text, `width` points wide, for `paper`. Typst knows the semibold by a name of its own."""
    drawn = _vl().vegalite_to_svg(_spec(picture, width), vl_version=VERSION)
    plain = _FAMILY.sub('font-family="IBM Plex Sans"', drawn)
    return _HEAVY.sub(lambda text: text.group(0).replace('"IBM Plex Sans"', '"IBM Plex Sans SmBld"'), plain)


def png(picture: Picture, width: int) -> bytes:
    """As PNG on white, `width` points wide, three pixels a point, for slides."""
    return bytes(
        _vl().vegalite_to_png(_spec(picture, width) | {"background": "white"}, vl_version=VERSION, scale=SHARP)
    )


def _spec(picture: Picture, width: int) -> dict[str, Any]:
    whole = picture.whole()
    return {**whole, "width": width, "config": {**whole["config"], "padding": ROOM}}


@cache
def _vl() -> Any:
    """Slow to import, and to start."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
