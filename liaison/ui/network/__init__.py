"""Parts of the page Network: flows ranked, what changed, one flow from both ends."""
