"""The parts of the Leakage page."""
