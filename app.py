"""The app: page set-up, the home, global filters, and the page that the address names."""

import streamlit as st

from liaison.ui import ask, demo, homes, options, shell, states, style

st.set_page_config(page_title="Liaison", page_icon="static/mark.svg", layout="wide", initial_sidebar_state="collapsed")
page = shell.navigation()
style.style(page.entry.sheets)
shell.logo()
with homes.one_version():
    shell.banner()
    with states.told():
        ask.viewer()  # refused on every page who is not, or no longer, on the team
        if demo.stands():
            page.filter_row()
            states.tell_kept()
            options.tell_left_away()
            page.run()
