"""Long work by name and arguments: a table in the store, one worker a home, progress, cancel, a second try."""
