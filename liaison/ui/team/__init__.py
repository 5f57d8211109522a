"""Parts of the page Team: who is covered, what is owed, what practices answer to, whose referrals they were."""
