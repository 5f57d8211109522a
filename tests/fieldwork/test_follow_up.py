"""Follow-up mails: a template filled from a visit, as a link that any mail program reads; no patient goes out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.follow_up import LONGEST_LINK, follow_up
from liaison.fieldwork.mail_templates import STARTING, Template, templates
from liaison.store import reading

THANKS = next(one for one in STARTING if one.template_id == "after-visit")
FACTS = {"contact": "Ann Lee", "practice": "Elm Street", "liaison": "Bob Ray", "visited_on": "30 Nov 2026"}


def read(link: str) -> tuple[str, str, str]:
    """Address, subject and body as a mail program reads them."""
    parts = urlsplit(link)
    asked = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto"
    return parts.path, asked["subject"][0], asked.get("body", [""])[0]


def test_a_visit_fills_the_text_and_a_line_whose_word_is_not_known_is_left_out() -> None:
    made = follow_up(THANKS, "ann@elm.example", {**FACTS, "next_step": "Send the line card, by 4 Dec 2026."})
    assert read(made.link) == (
        "ann@elm.example",
        "Thank you for your time",
        "Dear Ann Lee,\r\n\r\nthank you for your time on 30 Nov 2026.\r\n\r\n"
        "What I promised: Send the line card, by 4 Dec 2026.\r\n\r\n"
        "If anything about referrals to us does not work as it should, please tell me.\r\n\r\nBob Ray",
    )
    without = follow_up(THANKS, "", {**FACTS, "next_step": None})
    assert "promised" not in without.body
    assert "\n\n\n" not in without.body
    assert without.link.startswith("mailto:?subject=")


def test_what_looks_like_a_patient_is_left_out_and_said() -> None:
    made = follow_up(THANKS, "ann@elm.example", {**FACTS, "next_step": "Call about MRN 12345678"})
    assert "12345678" not in made.link
    assert made.says == "The next step holds what looks like a record number, so it is left out."


def test_a_text_that_no_link_carries_is_said_and_kept_for_copying() -> None:
    made = follow_up(Template("x", "x", "Hello", "é" * 900), "ann@elm.example", FACTS)
    assert made.says == "The text is longer than a link carries: copy it into the mail."
    assert (made.body, read(made.link)[2]) == ("é" * 900, "")


@settings(max_examples=25)
@given(st.text(max_size=60), st.text(max_size=300))
def test_whatever_people_write_arrives_as_it_was_written_and_adds_no_header(subject: str, step: str) -> None:
    made = follow_up(Template("x", "x", f"S {subject}", "B\n{next_step}"), "ann@elm.example", {"next_step": step})
    assert len(made.link) <= LONGEST_LINK
    assert set(parse_qs(urlsplit(made.link).query)) <= {"subject", "body"}
    if not made.says and "{" not in subject and "body=" in made.link:
        assert read(made.link)[1:] == (made.subject, made.body.replace("\n", "\r\n"))


def test_the_team_replaces_adds_and_takes_away_texts(store: Engine) -> None:
    row = {"template_id": "after-visit", "title": "Ours", "subject": "Thanks, {contact}", "body": r"One\nTwo"}
    fieldwork.add(store, "mail_templates", row, actor="ann")
    fieldwork.add(store, "mail_templates", {**row, "template_id": "meet", "voided": "not used"}, actor="ann")
    with reading(store) as conn:
        found = templates(conn)
    assert [(one.template_id, one.title) for one in found] == [
        ("after-visit", "Ours"),
        ("done", "What was promised is done"),
    ]
    assert follow_up(found[0], "", FACTS).body == "One\nTwo"
    for wrong, said in (
        ({"body": "{margin} is yours"}, r"names \{margin\}, which nothing fills"),
        ({"subject": "One\nTwo"}, "more than one line"),
        ({"body": "x" * 1_001}, "longer than 1,000"),
        ({"body": "born 1950-02-03"}, "birth date"),
    ):
        with pytest.raises(LiaisonError, match=said):
            fieldwork.add(store, "mail_templates", {**row, "template_id": "new", **wrong}, actor="ann")
