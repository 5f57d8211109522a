"""What people do, and which files are live: small, transactional tables in SQLite or PostgreSQL."""

from liaison.store.engine import open_store, reading, writing

__all__ = ["open_store", "reading", "writing"]
