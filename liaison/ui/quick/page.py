"""The files of the quick log as they are served: the page with its words, style, script and worker."""

from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from liaison.fieldwork.counted import APART, CHANNELS
from liaison.fieldwork.logged import OUTCOMES
from liaison.vocabulary import BarrierKind, Channel, Purpose

FILES = Path(__file__).parent / "files"
TYPES = {
    "quick.css": "text/css; charset=utf-8",
    "quick.js": "text/javascript; charset=utf-8",
    "worker.js": "text/javascript; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json",
    "mark.png": "image/png",
}
VISIT, TOUCH = "Counts as a visit.", "A touch: kept apart from visits."
DROP_BY = "A drop-by is kept apart: it does not count as a visit."


@cache
def page() -> bytes:
    """The page itself, the same for everybody: who logs, and where, comes to it as data."""
    chips = {
        "channel": "".join(_chip("channel", c, c.label, VISIT if c in CHANNELS else TOUCH) for c in Channel),
        "purpose": "".join(_chip("purpose", p, p.label, DROP_BY if p in APART else "") for p in Purpose),
        "outcome": "".join(_chip("outcome", each, each) for each in OUTCOMES),
        "barrier": "".join(_chip("barrier_kind", kind, kind.label) for kind in BarrierKind),
    }
    text = (FILES / "quick.html").read_text(encoding="utf-8")
    for name, chip in chips.items():
        text = text.replace(f"{{{name}}}", chip)
    return text.encode()


def _chip(name: str, value: str, label: str, says: str = "") -> str:
    told = f' data-says="{escape(says)}"' if says else ""
    box = f'<input type="radio" name="{name}" value="{escape(value)}"{told}>'
    return f'<label class="chip">{box}<span>{escape(label)}</span></label>'


@cache
def file(name: str) -> bytes:
    """A file beside the page; the worker carries the version of all of them, so that a new one replaces the old."""
    held = (FILES / name).read_bytes()
    if name.endswith(".js"):  # what is written for us need not go over a thin line
        held = b"\n".join(line for each in held.split(b"\n") if (line := each.strip()) and not line.startswith(b"//"))
    if name != "worker.js":
        return held
    whole = b"".join([page(), *((FILES / each).read_bytes() for each in sorted(TYPES))])
    return held.replace(b"{version}", sha256(whole).hexdigest()[:12].encode())
