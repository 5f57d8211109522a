"""A chart drawn once by Altair and filled in later: Altair's objects cost 60 ms a chart, a filled template costs one.

A slot stands where names, a size or an expression will come. Slots are text or numbers, so that Altair can check the
template as it checks any chart.
"""

from collections.abc import Mapping
from typing import Any

Slot = str | int

PAD, SIZE, WIDE, HEIGHT, TOP = 90_001, 90_002, 90_003, 90_004, 90_005  # numbers that no chart has by itself


def slot(name: str) -> str:
    """A slot for text, an expression, or (as the only one of a list) a list of names."""
    return f"\u27e8{name}\u27e9"


def filled(spec: Any, values: Mapping[Slot, Any]) -> Any:
    """The specification with its slots filled; what has no slot in it is shared, so do not change it."""
    if isinstance(spec, dict):
        return {key: filled(value, values) for key, value in spec.items()}
    if isinstance(spec, list):
        if len(spec) == 1 and isinstance(spec[0], str) and isinstance(values.get(spec[0]), list):
            return values[spec[0]]
        return [filled(value, values) for value in spec]
    return values.get(spec, spec) if isinstance(spec, str | int) and not isinstance(spec, bool) else spec
