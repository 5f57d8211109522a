"""Parts of the page Week: all liaisons by the days of a week."""
