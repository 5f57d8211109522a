"""How a process of ours is told which home it works for: through the same variables that people set."""

import json
import os
from pathlib import Path
from typing import Any

from liaison.config import Settings

ROOT = Path(__file__).resolve().parents[2]  # where `python -m liaison...` is found


def environment(settings: Settings) -> dict[str, str]:
    """This process's variables, with every LIAISON_ setting as `settings` has it; folders made absolute."""
    prefix = str(settings.model_config.get("env_prefix", ""))
    told = dict(os.environ)
    for name, value in settings.model_dump().items():
        variable = f"{prefix}{name}".upper()
        told.pop(variable, None)
        if value is not None:
            told[variable] = _written(value)
    return told


def _written(value: Any) -> str:
    """As pydantic reads a variable: plain values as they are, tables as JSON."""
    if isinstance(value, Path):
        return str(value.resolve())
    return json.dumps(value) if isinstance(value, tuple | list | dict) else str(value)
