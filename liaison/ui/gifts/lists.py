"""The year's physicians by how near the limit they are, and every entry, each to be voided with a reason."""

from collections.abc import Hashable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.gift_ledger import Audited, Entry, void
from liaison.fieldwork.gifts import dollars
from liaison.ui import homes, parts, states
from liaison.ui.ask import viewer
from liaison.ui.states import guarded
from liaison.ui.style import phone
from liaison.ui.tables import Col, table
from liaison.vocabulary import GiftKind

PHYSICIANS = {
    "name": Col("Physician", 240),
    "npi": Col("NPI", 120),
    "given": Col("Given", 110),
    "repaid": Col("Repaid", 110),
    "share": Col("Of the limit", 170, "share", "blue"),
    "state": Col("State", 190),
}
LINES = {
    "given_on": Col("Day", 120),
    "name": Col("Physician", 220),
    "what": Col("What", 150),
    "amount": Col("Amount", 110),
    "occasion": Col("Occasion", 260),
    "by": Col("Given by", 150),
    "stands": Col("Stands", 260),
}
ON_PHONE = {
    name: replace(PHYSICIANS[name], width=width) for name, width in (("name", 160), ("given", 90), ("state", 120))
}
LINES_ON_PHONE = {
    name: replace(LINES[name], width=width) for name, width in (("given_on", 105), ("name", 150), ("amount", 90))
}


def physicians(told: Audited, written: Hashable) -> None:
    """Who was given what, nearest to the limit first."""
    if not told.balances:
        return
    parts.picture(
        "Who was given what", f"Gifts and meals of {told.year}, and what was paid back. Nearest to the limit first."
    )
    table(
        partial(_balances, told),
        ON_PHONE if phone() else PHYSICIANS,
        key=f"gift-physicians-{told.year}",
        alt="Physicians and what they were given",
        version=written,
    )


def _balances(told: Audited) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": each.name,
            "npi": each.npi,
            "given": dollars(each.given),
            "repaid": dollars(each.repaid) if each.repaid else "",
            "share": each.share,
            "state": each.state.capitalize(),
        }
        for each in told.balances
    )


def lines(told: Audited, written: Hashable) -> None:
    """Every entry, newest first; a picked one can be voided."""
    if not told.entries:
        return
    parts.picture("Every entry", "Newest first. Nothing is removed: an entry that is wrong is voided, with the reason.")
    chosen, key = LINES_ON_PHONE if phone() else LINES, f"gift-lines-{told.year}-{len(told.entries)}"
    at = table(partial(_entries, told), chosen, key=key, alt="Entries of the ledger", pick=True, version=written)
    if at is not None and at < len(told.entries):
        _one(told.entries[at])


def _entries(told: Audited) -> pd.DataFrame:
    return pd.DataFrame(_line(each) for each in told.entries)


def _line(each: Entry) -> dict[str, str]:
    shared = f", {each.ate} ate" if each.ate else ""
    stands = f"Voided: {each.voided}" if each.voided else f"Override: {each.override}" if each.override else ""
    return {
        "given_on": each.given_on,
        "name": each.name,
        "what": f"{GiftKind(each.kind).label}{shared}",
        "amount": dollars(each.cents),
        "occasion": each.occasion,
        "by": each.by,
        "stands": stands,
    }


def _one(each: Entry) -> None:
    if each.voided:
        states.off("This entry is voided", each.voided)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input("Why does it not stand?", key=f"gift-void-{each.gift_id}", max_chars=2_000, width=420)
        st.button(
            "Void this entry",
            key=f"gift-voided-{each.gift_id}",
            disabled=not reason.strip(),
            on_click=guarded,
            args=(_void, each, reason),
        )


def _void(each: Entry, reason: str) -> None:
    store = homes.home().store
    void(store, each.gift_id, reason, expected_version=each.version, actor=viewer().name)
