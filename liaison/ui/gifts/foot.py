"""What the ledger is counted by, and the files an auditor asks for."""

import pandas as pd

from liaison.fieldwork.gift_ledger import Audited
from liaison.fieldwork.gift_words import DEFINITION
from liaison.ui import parts
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
            for name, label, rows in (
                ("gifts", "Entries", [e.as_json() for e in told.entries]),
                ("gift-balances", "Balances", [b.as_json() for b in told.balances]),
                ("gift-changes", "Changes", [dict(c) for c in told.changes]),
            ):
                if rows:
                    download(pd.DataFrame(rows), f"{name}-{told.year}", key=name, papers=[DEFINITION], label=label)
