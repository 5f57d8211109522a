"""A chart a file: a frame in, a picture out. Nothing here asks for data or knows the screen.

Each is imported from its own file: the words of charts are wanted by commands and by the worker, who draw nothing.
"""
