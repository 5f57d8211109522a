"""The parts of the Territories page."""
