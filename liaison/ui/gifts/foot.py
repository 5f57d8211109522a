"""What the ledger is counted by, and the files an auditor asks for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from liaison.fieldwork.gift_ledger import Audited
from liaison.fieldwork.gift_words import DEFINITION
from liaison.fieldwork.organisations import our_name
from liaison.ui import parts
from liaison.ui.ask import ask_records, viewer
from liaison.ui.clock import now
from liaison.ui.tables import download


def show(told: Audited) -> None:
    """The rule one click away; balances, entries and changes as files."""
    every = len(told.entries)
    with parts.footer(
        f"{every:,} entries of {told.year}, voided ones too. Kept apart from every figure of referrals.",
        DEFINITION,
        "gifts",
    ):
        if told.entries:
            _report(told)
            for name, label, rows in (
                ("gifts", "Entries", told.entries),
                ("gift-balances", "Balances", told.balances),
                ("gift-changes", "Changes", told.changes),
            ):
                if rows:
                    made = partial(_frame, rows)
                    download(made, f"{name}-{told.year}", key=name, papers=[DEFINITION], label=label)


def _frame(rows: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame([dict(each) if isinstance(each, Mapping) else each.as_json() for each in rows])


def _report(told: Audited) -> None:
    """The year for an auditor, on paper and as a workbook, made when it is asked for."""
    with st.popover("Auditor\u2019s report", type="tertiary", icon=":material/gavel:", key="gift-report"):
        for label, suffix, kind, make in (
            ("PDF", "pdf", "application/pdf", _pdf),
            ("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _book),
        ):
            st.download_button(
                label,
                partial(make, told),
                f"gift-ledger-{told.year}.{suffix}",
                kind,
                key=f"gift-report-{suffix}",
                on_click="ignore",
                width="stretch",
            )


def _printed() -> tuple[str, datetime, str]:
    return ask_records(our_name)[0], now(), viewer().name


def _pdf(told: Audited) -> bytes:
    from liaison.reports.gift_audit import year_pdf  # only needed on a download

    return year_pdf(told, *_printed())


def _book(told: Audited) -> bytes:
    from liaison.reports.gift_audit import year_book

    return year_book(told, *_printed())
