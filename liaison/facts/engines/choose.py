"""The engine that an instance's settings name."""

from pathlib import Path

from liaison.config import Settings
from liaison.facts.engines.base import FactsEngine
from liaison.facts.engines.duck import DuckEngine
from liaison.facts.engines.generic import GenericEngine


def open_engine(settings: Settings, spill: Path) -> FactsEngine:
    """In-memory DuckDB unless LIAISON_FACTS_URL names another database. `spill` holds what memory does not."""
    if settings.facts_url and not settings.facts_url.startswith("duckdb"):
        return GenericEngine(settings.facts_url)
    return DuckEngine(memory=settings.memory, threads=settings.threads, spill=spill)
