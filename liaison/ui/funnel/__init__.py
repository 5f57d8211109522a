"""The parts of the Funnel page."""
