"""Plans over the store: what a liaison could do in a week, what is planned, and how people change it."""
