"""Where facts are counted. Dialect text lives in this folder and nowhere else."""

from liaison.facts.engines.base import FactsEngine
from liaison.facts.engines.choose import open_engine

__all__ = ["FactsEngine", "open_engine"]
