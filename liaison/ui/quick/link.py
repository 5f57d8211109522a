"""The way to the quick log, where this process has it."""

from html import escape
from urllib.parse import urlencode

from liaison.ui import homes, parts
from liaison.ui.markup import html

served = False  # `liaison.ui.asgi` says so; `streamlit run` has no routes of ours


def show(practice_id: str | None = None) -> None:
    """A link, or why there is none."""
    if not served:
        parts.note("The quick log, which works without a line, needs the app started by: python -m liaison serve")
        return
    about = {"home": homes.which()} | ({"practice": practice_id} if practice_id else {})
    said = "Quick log: keeps every keystroke on this phone, works without a line"
    html(f'<p class="lz-say"><a href="quick?{escape(urlencode(about))}" target="_self">{said}</a></p>')
