"""The executive summary as it leaves the page: paper, slides and sheets over one gathering of what the page shows."""
