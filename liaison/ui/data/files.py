"""Files on their way in: kept on the server at once, so that a page change does not lose them."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from liaison.errors import LiaisonError
from liaison.ingest.formats import all_formats
from liaison.ingest.formats.base import Format
from liaison.ingest.preview import Head, look
from liaison.jobs import queue, uploads
from liaison.jobs.queue import State
from liaison.ui import homes, states

_FILES, _TURN, _FAULT = "lz-files", "lz-upload-turn", "lz-upload-fault"
LOOKED_AT = 100  # rows: ten are shown, all give values to map


@dataclass(frozen=True)
class Waiting:
    """An uploaded file that no job has taken yet, and the tables found in it."""

    name: str
    path: Path
    heads: tuple[Head, ...]


def waiting() -> list[Waiting]:
    """The files of this session that no import has taken; those of a refused import wait again."""
    held: list[Waiting] = st.session_state.get(_FILES, [])
    if not held:
        return []
    home = homes.home()
    imports = [j for j in queue.jobs(home, limit=20) if j.kind == "import" and not j.arguments.get("dry_run")]
    under_way = {path for job in imports if not job.over for path in job.arguments["paths"]}
    done = {path for job in imports if job.state is State.done for path in job.arguments["paths"]}
    uploads.discard(home, [one.path for one in held if str(one.path) in done])
    place = (home.path / "uploads").resolve()
    st.session_state[_FILES] = held = [one for one in held if str(one.path) not in done]
    return [one for one in held if place in one.path.parents and str(one.path) not in under_way]


def upload() -> None:
    """The field that takes files; one that is no table is refused here, with the reason."""
    turn = st.session_state.setdefault(_TURN, 0)
    st.file_uploader(
        "CSV, Excel, Parquet, zip or gz. Several files of one format are one import.",
        accept_multiple_files=True,
        key=f"upload-{turn}",
        on_change=_take,
        args=(f"upload-{turn}",),
    )
    for problem in st.session_state.pop(_FAULT, []):
        states.error(problem)


def listed(files: list[Waiting]) -> None:
    """What is waiting, each to be taken back."""
    with st.container(horizontal=True, key="waiting-files"):
        for one in files:
            st.button(
                one.name, key=f"drop-{one.path.parent.name}", icon=":material/close:", on_click=_drop, args=(one,)
            )


def _take(key: str) -> None:
    faults: list[LiaisonError] = []
    held = list(st.session_state.get(_FILES, []))
    for given in st.session_state[key]:
        path = uploads.keep(homes.home(), given.name, given)
        try:
            heads = look(path, rows=LOOKED_AT, settings=homes.home().settings)
        except LiaisonError as refused:
            uploads.discard(homes.home(), [path])
            faults.append(refused)
            continue
        held.append(Waiting(given.name, path, tuple(heads)))
    st.session_state[_FILES], st.session_state[_FAULT] = held, faults
    st.session_state[_TURN] += 1


def _drop(one: Waiting) -> None:
    uploads.discard(homes.home(), [one.path])
    st.session_state[_FILES] = [w for w in st.session_state[_FILES] if w.path != one.path]


def recognised(head: Head) -> list[tuple[str, float]]:
    """Format names, the surest first, with how sure (0 to 1); of equals the one that knows most of the columns."""
    found = [(name, form.recognises(head.columns), _known(head, form)) for name, form in all_formats().items()]
    ranked = sorted((one for one in found if one[1] > 0), key=lambda one: (-one[1], -one[2]))
    return [(name, sure) for name, sure, _ in ranked]


def _known(head: Head, form: Format) -> int:
    names = {n.casefold() for f in form.fields for n in (f.name, *f.headers)}
    return sum(column.casefold() in names for column in head.columns)


def main_head(files: list[Waiting], form: Format) -> Head:
    """The table that the format's main fields are looked for in."""
    return max((h for one in files for h in one.heads), key=lambda h: form.recognises(h.columns))
