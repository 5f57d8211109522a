"""What leaves the team as a file: the same figures and plans that pages show, in forms that other programs read."""
