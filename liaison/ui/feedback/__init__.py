"""The parts of the page Feedback."""
