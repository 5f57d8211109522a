"""One practice's story: the order of its parts, on a desk in two columns, on a phone in the order of a car park."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from liaison.fieldwork.one_practice import PracticeFile
from liaison.metrics.filters import Filters
from liaison.metrics.one_practice import PracticeStory
from liaison.ui import papers
from liaison.ui import rows as referral_rows
from liaison.ui.ask import ask
from liaison.ui.practice import (
    asked,
    head,
    history,
    loyalty,
    outlook,
    peers,
    people,
    problems,
    rest,
    similar,
    trend,
    worth,
)
from liaison.ui.style import phone
from liaison.ui.tables import download
from liaison.ui.trends import source


def show(kept: PracticeFile, question: Filters) -> None:
    """Everything about the practice in `kept`."""
    question = replace(question, practice=kept.practice_id)
    found: PracticeStory = ask(asked.story, question)
    small = phone()  # asked once: each look at the headers costs
    head.show(found, kept, small)
    problems.head(kept.practice_id, kept.record is not None)
    ahead = outlook.read(kept.practice_id)
    outlook.alert(ahead)
    if small:
        people.card(found, kept, small)
        history.last(kept)
        head.figures(found, question)
        loyalty.show(found)
        trend.show(found, kept, question, small)
        outlook.place(ahead)
        outlook.ahead(ahead, found)
        worth.show(ahead, kept.practice_id)
        rest.show(found, question, small)
        people.show(found, kept)
        problems.met(kept.practice_id)
        peers.show(found, question, small)
        similar.show(ahead, kept.practice_id)
        history.show(kept)
    else:
        head.figures(found, question)
        trend.show(found, kept, question, small)
        left, right = st.columns([11, 9], gap="medium")
        with left:
            loyalty.show(found)
            rest.show(found, question, small)
            peers.show(found, question, small)
            similar.show(ahead, kept.practice_id)
        with right:
            people.card(found, kept, small)
            outlook.place(ahead)
            outlook.ahead(ahead, found)
            worth.show(ahead, kept.practice_id)
            people.show(found, kept)
            problems.met(kept.practice_id)
            history.show(kept)
    head.ways(found, question)
    referral_rows.show(question, key="practice")
    _footer(found)


def _footer(found: PracticeStory) -> None:
    from liaison.metrics.definitions.base import METRICS

    metrics = [METRICS[name] for name in found.definitions]
    counted = [found.volume.papers(), found.leakage.total.papers()]
    with papers.footer(source(found.volume), metrics, "practice", counted=counted, notes=found.notes) as sentences:
        download(partial(story_file, found), f"practice-{found.practice_id}", key="practice", papers=sentences)


def story_file(found: PracticeStory) -> pd.DataFrame:
    """The practice by service line as a file, each row with its window and vintage."""
    loyal = {each.specialty: each for each in found.loyalty}
    rows = [
        {
            "practice_id": found.practice_id,
            "service_line": row.label,
            "out_of_network": row.figure.numerator,
            "known_destination": row.figure.denominator,
            "unknown_destination": row.figure.beside.get("unknown"),
            "leakage": row.figure.value,
            "loyalty": (each.loyalty.value if (each := loyal.get(row.key)) and each.loyalty else None),
        }
        for row in found.leakage.rows
    ]
    return papers.dated(pd.DataFrame(rows), found.volume.window, found.volume.vintage)
