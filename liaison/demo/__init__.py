"""A fictional market whose truth is known; it enters by the front door like any team's own files."""
