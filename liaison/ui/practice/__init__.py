"""The parts of the Practices page: the directory, and one practice's story."""
