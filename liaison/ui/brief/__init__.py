"""Parts of the page Brief: one phone screen of what to know before going in."""
