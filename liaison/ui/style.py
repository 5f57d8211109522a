"""The one stylesheet, with the theme's colours as variables."""

from pathlib import Path

import streamlit as st

from liaison.charts.tokens import BY_NAME, Tokens

CSS = Path(__file__).with_name("liaison.css").read_text(encoding="utf-8")
WIDE, PRINTED = "1560px", "760px"


def tokens() -> Tokens:
    """The colours of the theme that this browser shows."""
    return BY_NAME["dark" if st.context.theme.type == "dark" else "light"]


def phone() -> bool:
    """Whether the browser says that it is a phone's; the server knows no width."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def style(page: str = WIDE) -> None:
    """Puts the stylesheet on the page; `page` is its greatest width."""
    st.html(f"<style>{variables(tokens(), page)}{CSS}</style>")


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
