"""The parts of the page Gifts. They show nothing that ranks a practice or counts its referrals."""
