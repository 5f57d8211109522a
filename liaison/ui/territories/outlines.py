"""The team's own ZIP outlines: brought in from a GeoJSON file, or taken away again."""

import tempfile
from pathlib import Path

import streamlit as st

from liaison.facts.own_outlines import forget, own_outlines
from liaison.ingest.outlines import bring_outlines
from liaison.ui import homes, parts, states
from liaison.ui.territories.asked import look_again

_KEY, _TURN = "outlines-file", "lz-outlines-turn"


def button() -> None:
    """Opens what there is, and the field that takes a file."""
    with st.popover("ZIP outlines", icon=":material/polyline:", type="tertiary", key="outlines"):
        if homes.which() == "demo":
            parts.note("Areas are approximate in the demo market. Your own home takes outlines from a GeoJSON file.")
            return
        held = own_outlines(homes.home())
        if held:
            parts.note(f"{held.file}: {len(held.zips):,} ZIPs have an outline.")
            st.button("Take them away", key="forget-outlines", on_click=_forget)
        parts.note("GeoJSON, in degrees; each feature with its ZIP as ZCTA5CE20 or zip. At most 60 MB.")
        turn = st.session_state.setdefault(_TURN, 0)
        key = f"{_KEY}-{turn}"
        st.file_uploader("ZIP outlines", type=["geojson", "json"], key=key, on_change=states.guarded, args=(_take, key))


def _take(key: str) -> None:
    given = st.session_state[key]
    if given is None:
        return
    st.session_state[_TURN] += 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(given.name.replace("\\", "/")).name or "outlines.geojson")
        path.write_bytes(given.getvalue())
        bring_outlines(homes.home(), path)
    look_again()


def _forget() -> None:
    forget(homes.home())
    look_again()
