"""The yardstick of a page run: what Streamlit itself costs for a bar with one page that says one word."""

import streamlit as st


def nothing() -> None:
    """One element."""
    st.html("<p>Nothing</p>")


st.set_page_config(page_title="Nothing", layout="wide")
st.navigation([st.Page(nothing, title="Nothing", url_path="nothing", default=True)], position="top").run()
