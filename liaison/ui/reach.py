"""How one reaches somebody from a page: links that a phone dials, and that a mail program opens."""

import re
from html import escape
from urllib.parse import quote

_EXTENSION = re.compile(r"(?:,|;|#|\bext(?:ension)?\b\.?|(?<=[\d\s)])x)\s*(\d{1,6})\s*$", re.I)


def tel(number: str) -> str:
    """The number as a phone dials it; an extension after a pause."""
    found = _EXTENSION.search(number)
    main = number[: found.start()] if found else number
    return "tel:" + "".join(c for c in main if c.isdigit() or c == "+") + (f",{found[1]}" if found else "")


def call(number: str, words: str = "", label: str = "") -> str:
    """HTML of a link that dials; `label`: for who listens, where the words alone do not say whom."""
    named = f' aria-label="{escape(label)}"' if label else ""
    return f'<a href="{escape(tel(number))}"{named}>{escape(words or number)}</a>'


def mail(address: str, name: str) -> str:
    """HTML of a link that writes to an address."""
    return f'<a href="mailto:{escape(quote(address.strip(), safe="@"))}" aria-label="Mail to {escape(name)}">Mail</a>'
