"""Parts of the page Draw territories: a proposal beside today's, changed by hand, adopted from a day on."""
