"""The parts of the page Materials."""
