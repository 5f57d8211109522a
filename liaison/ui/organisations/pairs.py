"""Shared patients: shares by organisation, by patients and by transactions, and what one system sees leave."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from liaison.charts.flows import flows as flow_bars
from liaison.charts.words import percent
from liaison.metrics.figure import date_words
from liaison.metrics.filters import Filters
from liaison.metrics.findings.shared import agreement, headline, leakage_of, referrers
from liaison.metrics.shared import DataSet, Shared
from liaison.metrics.shared_view import SharedView
from liaison.metrics.taking import our_ids
from liaison.ui import charts as drawn
from liaison.ui import homes, options, papers, parts, states
from liaison.ui.ask import ask, version
from liaison.ui.organisations import asked, choice
from liaison.ui.style import phone
from liaison.ui.tables import Col, download, table
from liaison.ui.tiles import Tile, tiles
from liaison.vocabulary import NONE

SYSTEM, SOURCE, VINTAGE = "system", "pairs", "vintage"
NOT_ON_RECORD = "No organisation on record"
BESIDE = "Patients repeat across pairs, and pairs under 11 are missing: these are shares of pairs, not of people."
COLUMNS = {
    "label": Col("Organisation", 300),
    "pairs": Col("Pairs", 100, "count"),
    "patients": Col("Patients", 120, "count"),
    "share": Col("By patients", 190, "share", "gray"),
    "transactions": Col("Transactions", 130, "count"),
    "transactions_share": Col("By transactions", 190, "share", "gray"),
}
ON_PHONE = {
    "label": Col("Organisation", 150),
    "share": Col("Patients", 100, "share", "gray"),
    "transactions_share": Col("Transact.", 100, "share", "gray"),
}


def show() -> None:
    """The page for shared patients: no filter cuts these data, so none is asked for."""
    sets: tuple[DataSet, ...] = ask(asked.sets, Filters())
    data = _data(sets)
    names = ask(asked.names, Filters())
    system = st.query_params.get(SYSTEM)
    if system is not None and system not in names:
        st.query_params.pop(SYSTEM)
        parts.note("The link named an organisation that these data do not have. It was left away.")
        system = None
    view = ask(asked.seen_by, Filters(), system=system, source=data.source, vintage=data.vintage)
    parts.head("Organisations", headline(view.every))
    choice.views()
    parts.say(*[s for s in (agreement(view.every), leakage_of(view), referrers(view)) if s])
    _fields(sets, data, names, view)
    _tiles(view)
    _pictures(view, data)
    _table(view, data)
    _footer(view)


def _data(sets: tuple[DataSet, ...]) -> DataSet:
    """The data set of the address, else the newest."""
    asked_for = (st.query_params.get(SOURCE), st.query_params.get(VINTAGE))
    found = next((s for s in sets if (s.source, s.vintage.isoformat()) == asked_for), None)
    if found is None and any(asked_for):
        for param in (SOURCE, VINTAGE):
            st.query_params.pop(param, None)
        parts.note("The link named a data set that is not here. The newest is shown.")
    return found or sets[0]


def _fields(sets: tuple[DataSet, ...], data: DataSet, names: dict[str, str], view: SharedView) -> None:
    """Which data set, and whose view: two data sets are never added up."""
    with st.container(horizontal=True, key="actions", gap="medium", vertical_alignment="bottom"):
        keys = list(dict.fromkeys((s.source, s.vintage.isoformat()) for s in sets))
        options.mirror("shared-set", (data.source, data.vintage.isoformat()))
        st.selectbox(
            "Data set",
            keys,
            format_func=lambda key: f"{key[0]}, {date_words(date.fromisoformat(key[1]))}",
            key="shared-set",
            on_change=_set_chosen,
            width=300,
        )
        if view.system:
            options.mirror("shared-system", view.system)
            st.selectbox(
                "Seen by",
                [key for key in names if key != NONE],
                format_func=names.__getitem__,
                key="shared-system",
                on_change=_system_chosen,
                width=300,
            )


def _set_chosen() -> None:
    st.query_params[SOURCE], st.query_params[VINTAGE] = st.session_state["shared-set"]


def _system_chosen() -> None:
    st.query_params[SYSTEM] = st.session_state["shared-system"]


def _tiles(view: SharedView) -> None:
    if not view.label:
        return
    row = []
    for measure, label in (("patients", "Leakage by patients"), ("transactions", "Leakage by transactions")):
        pair = view.leakage(measure)
        value = percent(pair[0] / pair[1]) if pair else "fewer than 11"
        papers = f"{pair[0]:,} of {pair[1]:,} {measure} of pairs" if pair else "hidden: fewer than 11"
        row.append(Tile(label, value, "out", papers=papers, short=f"By {measure}"))
    total = view.own.total
    row.append(Tile("Pairs of providers", f"{total.pairs:,}", "unknown", help=BESIDE, short="Pairs"))
    tiles(row)
    parts.note(BESIDE)


def _pictures(view: SharedView, data: DataSet) -> None:
    """The two rankings beside each other: one is never shown without the other."""
    ours = our_ids(homes.live())
    left, right = st.columns(2, gap="medium")
    said = {"patients": "By patients", "transactions": "By transactions"}
    for column, measure in ((left, "patients"), (right, "transactions")):
        with column:
            parts.picture(
                said[measure],
                f"{measure.capitalize()} of pairs by the organisation of the provider seen next, {data.source}.",
            )
            rows = _bars(view.every, measure, ours)
            drawn.show(
                flow_bars,
                rows,
                version=version(Filters(), "shared", data.batch, measure),
                key=f"shared-{measure}",
                alt=f"Organisations by {measure}; the table below shows both",
                limit=10,
            )


def _bars(found: Shared, measure: str, ours: frozenset[str]) -> pd.DataFrame:
    """As the ranked bars want them."""
    total = getattr(found.total, measure)
    rows = []
    for r in found.rows:
        count = getattr(r, measure)
        share = r.share if measure == "patients" else r.transactions_share
        rows.append(
            {
                "key": "(not on record)" if r.key == NONE else r.key,
                "label": NOT_ON_RECORD if r.key == NONE else r.label,
                "numerator": count,
                "denominator": total,
                "value": share,
                "role": "us" if r.key in ours else "unknown" if r.key == NONE else "out",
                "suppressed": count is None,
                "noun": measure,
            }
        )
    columns = ["key", "label", "numerator", "denominator", "value", "role", "suppressed", "noun"]
    return pd.DataFrame(rows, columns=columns)


def _table(view: SharedView, data: DataSet) -> None:
    if not view.every.rows:
        states.off("No pair here", "These data hold no pair of providers.")
        return
    parts.picture("Both metrics beside each other", f"All pairs of {data.source}, as of {date_words(data.vintage)}.")
    table(
        rows_of(view.every),
        ON_PHONE if phone() else COLUMNS,
        key="shared-table",
        alt="Organisations by shared patients and by transactions",
        most=12,
        version=version(Filters(), "shared table", data.batch),
    )
    if view.own_referrers:
        parts.picture(
            f"Where patients of {view.label}'s own referrers go next",
            "Only pairs that begin with one of its providers.",
        )
        table(
            rows_of(view.own),
            ON_PHONE if phone() else COLUMNS,
            key="shared-own",
            alt=f"Organisations by what the referrers of {view.label} share with them",
            most=12,
            version=version(Filters(), "shared own", data.batch, view.system),
        )


def rows_of(found: Shared) -> pd.DataFrame:
    """The rows of a table, hidden ones said so."""
    frame = found.frame()
    named = [NOT_ON_RECORD if k == NONE else label for k, label in zip(frame["key"], frame["label"], strict=True)]
    hidden = frame["patients"].isna() | frame["transactions"].isna()
    return frame.assign(label=named, suppressed=hidden)


def _footer(view: SharedView) -> None:
    from liaison.metrics.definitions.shares import shared_patient_share

    found = view.every
    line = f"{found.source}, as of {date_words(found.vintage)}" if found.vintage else str(found.source)
    with papers.footer(line, [shared_patient_share], "shared", counted=[line], notes=found.caveats) as sentences:
        download(partial(file, view), "shared-patients", key="shared", papers=sentences)
    parts.note(" ".join(found.caveats))


def file(view: SharedView) -> pd.DataFrame:
    """Both tables, each row with its data set; hidden counts stay empty."""
    tables = [("all pairs", view.every)]
    if view.own_referrers:
        tables.append((f"referrers of {view.label}", view.own))
    frames = [rows_of(t).assign(of=name, source=t.source, extract_of=str(t.vintage)) for name, t in tables]
    return pd.concat(frames, ignore_index=True).drop(columns=["key"])
