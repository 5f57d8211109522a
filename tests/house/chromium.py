"""Finding the system's Chromium. Nothing is downloaded: a browser that is not there is a skip that can be seen."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Software rendering draws maps without a graphics card; the rest keeps the browser itself from calling out.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """The browser that LIAISON_CHROMIUM names, else the first known one on PATH."""
    named = os.environ.get("LIAISON_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def required() -> bool:
    """Whether a missing browser fails the run: so on a CI machine."""
    return os.environ.get("LIAISON_REQUIRE_BROWSER") == "1"
