"""The sentences that a page, a chart's title and a report say: from figures, and only what their interval carries."""
