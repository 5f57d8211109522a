"""Territories drawn up: areas divided among liaisons by workload, value and who is there today, all of a piece."""
