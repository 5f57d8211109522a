"""Parts of the page Routes: a liaison's day and week on map, timeline and list, and what one changes in it."""
