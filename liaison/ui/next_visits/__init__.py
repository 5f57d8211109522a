"""Parts of the page Next visits: whom to see, why, what it should bring, and what changed beyond chance."""
