"""The papers of a figure: where it comes from, how it was counted, and both of them in the files that leave."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pandas as pd

from liaison.metrics.definitions.base import Metric
from liaison.metrics.window import Window
from liaison.ui import filters, parts

TOLD = """**{title}.** {says}

{why}

{rules}

Source: {source}. Checked by {checked_by}, to be reviewed by {review_by}."""
IN_FULL = 2  # more definitions than these are told in a sentence each


def told(metric: Metric) -> str:
    """A definition as Markdown of ours."""
    rules = "\n".join(f"- {rule}" for rule in metric.rules)
    return TOLD.format(**metric.__dict__ | {"rules": rules}).replace("\n\n\n\n", "\n\n")


@contextmanager
def footer(
    source: str, metrics: Sequence[Metric], key: str, *, counted: Sequence[str] = (), notes: Sequence[str] = ()
) -> Iterator[list[str]]:
    """The footer of a page or a part; yields the sentences that go into each of its files.

    `source` is its line; `counted` says what the figures are made of, `notes` what a reader must know.
    """
    full = len(metrics) <= IN_FULL
    said = [told(m) if full else f"**{m.title}.** {m.says}" for m in metrics]
    with parts.footer(source, "\n\n".join([*said, " ".join(notes)]), key):
        yield [*(f"{m.title}: {m.says}" for m in metrics), f"Filters: {filters.in_words()}.", *counted, *notes]


def dated(rows: pd.DataFrame, window: Window | None, vintage: date | None) -> pd.DataFrame:
    """The rows of a file, each with its window (from, to: YYYY-MM) and its extract's day (ISO); null if not known."""
    months = window.as_json() if window else {"from": None, "to": None}
    extract = vintage.isoformat() if vintage else None
    return rows.assign(**{"from": months["from"], "to": months["to"]}, extract_of=extract)
