"""Parts of the page Programme effect: the figure, how sure it is, against whom, its checks, its money."""
