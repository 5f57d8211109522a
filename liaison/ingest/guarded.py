"""Texts that a spreadsheet would run: led by an apostrophe in every file that leaves, freed of it in what comes back.

`bare(guarded(text)) == text` for every text, so that records leave and come back as they were.
"""

ACTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """The text as a spreadsheet may open it."""
    return f"'{text}" if _acts(text) else text


def bare(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and _acts(text) else text


def _acts(text: str) -> bool:
    # One that is led by an apostrophe already gets another, or it would come back without its own.
    inner = text.lstrip("'")
    return inner.startswith(ACTS) or inner.lstrip().startswith(ACTS)
