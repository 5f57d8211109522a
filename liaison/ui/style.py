"""The stylesheet of every page and those of a page's own parts, with the theme's colours as variables."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from liaison.charts.tokens import BY_NAME, Tokens
from liaison.ui.markup import html

HERE = Path(__file__).parent
CSS = (HERE / "liaison.css").read_text(encoding="utf-8")
SHEETS = {file.stem: file.read_text(encoding="utf-8") for file in sorted((HERE / "sheets").glob("*.css"))}
WIDE, PRINTED = "1560px", "760px"


def tokens() -> Tokens:
    """The colours of the theme that this browser shows."""
    return BY_NAME["dark" if st.context.theme.type == "dark" else "light"]


def phone() -> bool:
    """Whether the browser says that it is a phone's; the server knows no width."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def style(sheets: Iterable[str] = (), page: str = WIDE) -> None:
    """Puts the stylesheet on the page, with the `sheets` of its own parts; `page` is its greatest width."""
    own = "".join(SHEETS[name] for name in sheets)
    html(f"<style>{variables(tokens(), page)}{CSS}{own}</style>")


def variables(t: Tokens, page: str) -> str:
    """The colours of `t` as CSS variables. Words in orange take the darker orange, marks the brighter one."""
    roles = {
        "us": t.us,
        "out": t.out_words,
        "mark": t.out,
        "text": t.text,
        "quiet": t.quiet,
        "raised": t.raised,
        "line": t.line,
        "alarm": t.alarm,
        "page": page,
    }
    return ":root{" + "".join(f"--lz-{name}:{value};" for name, value in roles.items()) + "}"
