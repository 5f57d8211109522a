"""What to expect of each practice, and which changes are more than chance: forecast and alerts."""
