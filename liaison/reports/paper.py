"""Print-ready PDF files: a template of `papers/`, and data that it shows but never runs.

What people wrote reaches a template as JSON through `sys.inputs`, and is set as text: no sign in it is markup. The look
(`charts.tokens`, the size of paper) reaches it the same way, so that a colour stands in one place.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.charts.tokens import LIGHT
from liaison.config import Settings

if TYPE_CHECKING:
    import typst

PAPERS = Path(__file__).parent / "papers"
FONTS = PAPERS / "fonts"  # typst and vl-convert read no WOFF2, so the pages' own file is not enough
SIZES = {"letter": "us-letter", "a4": "a4"}
ACCESSIBLE = "ua-1"  # PDF/UA-1: tagged, titled, in a language, no picture without words
NOT_ACCESSIBLE = "PDF/UA-1 error"


def pdf(template: str, data: Mapping[str, Any], *, size: str | None = None) -> bytes:
    """`papers/TEMPLATE.typ` over `data` (JSON values) as a tagged PDF; the same input gives the same bytes.

    `size`: 'letter' or 'a4', else the instance's (`LIAISON_PAPER`). What PDF/UA-1 does not allow (a name in letters
    that no font here has, a blank title) is printed as far as it goes; the file then does not claim that standard.
    """
    import typst

    look = {"size": SIZES[size or Settings().paper], "colours": asdict(LIGHT)}
    inputs = {"data": as_text(data), "look": as_text(look)}
    compiler = typst.Compiler(PAPERS / f"{template}.typ", root=PAPERS, font_paths=_fonts(), sys_inputs=inputs)
    try:
        return _compiled(compiler, ACCESSIBLE)
    except typst.TypstError as error:
        if NOT_ACCESSIBLE not in error.message:
            raise
        return _compiled(compiler, None)


def as_text(data: Mapping[str, Any]) -> str:
    """JSON that typst reads: a letter that no encoding has (half of a pair) becomes '?'."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode("utf-8")


def _compiled(compiler: "typst.Compiler", standard: Any) -> bytes:
    # A time of making would give new bytes each time: when and of what data is said on the page.
    made = compiler.compile(format="pdf", pdf_standards=standard, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _fonts() -> "typst.Fonts":
    """Ours and those in typst alone: the fonts of a machine would change what comes out."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
