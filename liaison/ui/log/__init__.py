"""Parts of the page Log a visit: whom and where, what happened, and what one logged lately."""
