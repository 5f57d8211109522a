"""Choosing and ordering visits: an insertion plan at once, a large-neighbourhood search to make it good."""
