"""What a team's field work looks like in the demo market, from random streams of its own: referrals and visits stay."""
