"""What leaves the team, read back by other programs."""
