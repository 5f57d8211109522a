"""Liaison: a workbench for physician-liaison teams."""

__version__ = "0.1.0"
