"""Parts of the page My day: one list of what somebody has to do, the most urgent first."""
