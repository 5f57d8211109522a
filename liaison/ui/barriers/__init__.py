"""Parts of the page Barriers: the board, one barrier, what the data show, how long it takes, introductions."""
