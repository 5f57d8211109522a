"""Parts of the Executive summary: one page, one sheet of paper."""
