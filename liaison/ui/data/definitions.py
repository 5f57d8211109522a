"""What every figure means, from the definitions themselves."""

import importlib
import pkgutil

import streamlit as st

from liaison.metrics import definitions
from liaison.metrics.definitions.base import METRICS, Metric
from liaison.ui import parts
from liaison.ui.papers import told


def every() -> list[Metric]:
    """All metrics, by title; a definition is known once its file was read."""
    for module in pkgutil.iter_modules(definitions.__path__):
        importlib.import_module(f"{definitions.__name__}.{module.name}")
    return sorted(METRICS.values(), key=lambda metric: metric.title)


def show() -> None:
    """One line a metric, its rules below it."""
    listed = every()
    parts.picture(f"{len(listed)} metrics, each defined once", "Pages, commands and documents all count by these.")
    for metric in listed:
        with st.expander(f"{metric.title}: {metric.says}"):
            st.markdown(told(metric))
