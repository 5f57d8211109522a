"""One opened instance: its store, its folder of files, its settings."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from liaison.config import Settings
from liaison.store import open_store
from liaison.store.migrate import upgrade

if TYPE_CHECKING:
    from liaison.facts.live import Live


@dataclass(frozen=True)
class Home:
    """Opened once a process and shared by its threads."""

    settings: Settings
    store: Engine

    @classmethod
    def open(cls, settings: Settings) -> "Home":
        """Make the folder where it is missing, bring the store's tables up to date."""
        for folder in ("facts", "rejects", "uploads", "spill"):
            (settings.home / folder).mkdir(parents=True, exist_ok=True)
        store = open_store(settings.store_address())
        upgrade(store)
        return cls(settings, store)

    @property
    def path(self) -> Path:
        return self.settings.home

    @property
    def facts_path(self) -> Path:
        return self.path / "facts"

    @property
    def spill_path(self) -> Path:
        """Where this process puts what memory does not hold; swept once the process is gone."""
        folder = self.path / "spill" / str(os.getpid())
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def instance_key(self) -> bytes:
        """The secret that identifiers are hashed with; made once, readable by the owner only."""
        file = self.path / "instance.key"
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_bytes()
        with os.fdopen(handle, "wb") as target:
            target.write(secrets.token_bytes(32))
            target.flush()
            os.fsync(target.fileno())
        return file.read_bytes()

    def live(self) -> "Live":
        """The facts as they stand now."""
        from liaison.facts.live import current  # heavy: the worker, who waits for hours, needs none of it

        return current(self)

    def close(self) -> None:
        self.store.dispose()
