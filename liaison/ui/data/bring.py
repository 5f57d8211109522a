"""Bringing files in: what they are, how they read, what would go in; then the import, as a job."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from liaison.ingest.formats import all_formats
from liaison.ingest.formats.base import Format
from liaison.ingest.preview import Head
from liaison.ingest.privacy import is_suspected
from liaison.ui import homes, parts, shell, states
from liaison.ui.data import files, mapping, sections, trial, work
from liaison.ui.tables import ROW, height

SHOWN = 10
SURE = 0.999
# What a format listens to besides its files.
ASKED = {
    "states": ("Only places in these states", "TN, KY"),
    "counties": ("Only places in these counties (FIPS)", "47037, 47187"),
    "complete_from": ("Every visit since this month is in the file", "2026-01"),
}


def show() -> None:
    """The steps, each as soon as the one before is done."""
    if homes.which() == "demo":
        with st.container(border=True):
            parts.picture(
                "Your files go into a home of their own", "The demo market is fictional and stays apart from them."
            )
            st.button(
                "Start with your own files", type="primary", key="bring-own", on_click=shell.switch, args=("own",)
            )
        return
    waiting = files.waiting()
    wanted = st.query_params.get(sections.FORMAT, "")
    formats = all_formats()
    if wanted in formats and not waiting:
        form = formats[wanted]
        parts.picture(f"Bring {form.title} in", _needs(form))
    elif not waiting:
        parts.picture(
            "Bring files in", "Drop an export here. What it is and how it reads is worked out and shown first."
        )
    files.upload()
    if not waiting:
        return
    files.listed(waiting)
    form = formats[_format(waiting, wanted)]
    head = files.main_head(waiting, form)
    _preview(head)
    arguments = _arguments(waiting, form, _read(head, form))
    _try_and_import(arguments)


def _needs(form: Format) -> str:
    needed = [f.name for f in form.fields if f.required]
    needed += [" or ".join(group) for group in form.one_of]
    optional = [f.name for f in form.fields if not f.required and not any(f.name in g for g in form.one_of)]
    said = f"Needs {', '.join(needed)}."
    return f"{said} May have {', '.join(optional)}. Other names are mapped in the next step." if optional else said


def _format(waiting: list[files.Waiting], wanted: str) -> str:
    """The format as the set-up list asked for it, as recognised, or as chosen."""
    names = list(all_formats())
    found = files.recognised(waiting[0].heads[0])
    sure = found[0][0] if found and found[0][1] >= SURE else ""
    first = wanted if wanted in names else sure or (found[0][0] if found else "referrals")
    titles = {name: form.title for name, form in all_formats().items()}
    chosen = st.selectbox(
        "What the files are",
        names,
        index=names.index(first),
        format_func=titles.__getitem__,
        key=f"format-{waiting[0].path.parent.name}",
        width=320,
    )
    if all_formats()[chosen].recognises(waiting[0].heads[0].columns) >= SURE:
        parts.note(f"Recognised by its columns as {titles[chosen]}.")
    elif sure:
        parts.note(f"By its columns it looks like {titles[sure]}.")
    else:
        parts.note("Not recognised by its columns: the draft below says which column is read as what. Correct it.")
    return chosen


def _preview(head: Head) -> None:
    rows = pd.DataFrame(
        [[masked(c, v) for c, v in zip(head.columns, row, strict=True)] for row in head.rows[:SHOWN]],
        columns=told_apart(head.columns),
    )
    with st.expander(f"{head.name}: {len(head.columns)} columns, the first {len(rows)} rows", expanded=True):
        st.dataframe(rows, hide_index=True, row_height=ROW, height=height(len(rows), SHOWN), key="preview")


def masked(column: str, value: str) -> str:
    """A value of a suspected identifier is never shown."""
    return "not shown" if value and is_suspected(column) else value


def told_apart(columns: tuple[str, ...]) -> list[str]:
    """Names that a table can have: blank and doubled ones get their place."""
    seen = set[str]()
    names = []
    for place, column in enumerate(columns, start=1):
        name = column if column and column not in seen else f"{column or 'column'} ({place})"
        seen.add(name)
        names.append(name)
    return names


def _read(head: Head, form: Format) -> str | None:
    """The mapping's text; None where the file's columns are the format's own and nobody asks for one."""
    fits = form.recognises(head.columns) >= SURE and not _unnamed(head, form)
    if fits and not st.toggle("Map columns all the same", key=f"map-{form.name}"):
        return None
    return mapping.edit(head, form).to_toml()


def _unnamed(head: Head, form: Format) -> bool:
    own = {n.casefold() for f in form.fields for n in (f.name, *f.headers)} | set(form.listed_identifiers)
    groups = all(any(n.casefold() in {c.casefold() for c in head.columns} for n in group) for group in form.one_of)
    return not groups or any(is_suspected(c) and c.casefold() not in own for c in head.columns)


@dataclass(frozen=True)
class Said:
    """What is told of the files beside their columns."""

    source: str | None
    as_of: str | None
    known: dict[str, str]


def _arguments(waiting: list[files.Waiting], form: Format, toml: str | None) -> dict[str, Any]:
    said = _said(form)
    return {
        "format": form.name,
        "paths": [str(one.path) for one in waiting],
        "mapping": toml,
        "source": said.source,
        "as_of": said.as_of,
        "known": said.known,
    }


def _said(form: Format) -> Said:
    known: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = st.text_input(
            "Source",
            key=f"source-{form.name}",
            placeholder="epic-main",
            help="The system the rows come from. Use the same name each week: a later extract replaces an earlier one.",
            width=220,
        )
        as_of = st.date_input("Date of the extract", value=None, key=f"as-of-{form.name}", width=200)
        for name in form.options:
            title, example = ASKED.get(name, (name, ""))
            if given := st.text_input(title, key=f"option-{form.name}-{name}", placeholder=example, width=300).strip():
                known[name] = given
    return Said(source.strip() or None, as_of.isoformat() if as_of else None, known)


def _try_and_import(arguments: dict[str, Any]) -> None:
    tried = trial.of(arguments)
    good = tried is not None and trial.show(tried)
    refused = tried is not None and bool(tried.error and tried.error.get("rows_rejected"))
    anyway = refused and st.checkbox("Take the good rows all the same", key="take-good-rows")
    with st.container(horizontal=True, key="actions"):
        st.button(
            "Import",
            type="primary" if good or anyway else "secondary",
            disabled=refused and not anyway,
            key="import",
            on_click=states.guarded,
            args=(_import, arguments | ({"allow_rejects": True} if anyway else {})),
        )
        st.button(
            "Try it" if tried is None else "Try again",
            type="secondary" if good or anyway else "primary",
            key="try",
            disabled=tried is not None and not tried.over,
            on_click=states.guarded,
            args=(trial.ask, arguments),
        )


def _import(arguments: dict[str, Any]) -> None:
    """The uploads stay until the import is done, so that a refused one can be mended and tried again."""
    work.enqueue("import", arguments | {"keep_uploads": True})
    sections.go("set-up")
