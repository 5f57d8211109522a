"""Answers to the survey and mentions are written down, on a visit or from a paper form; voided, never lost."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from liaison.errors import LiaisonError
from liaison.fieldwork.edits import add, edit


def record_answer(store: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """One filled-in form; returns its id. LiaisonError where a value is wrong or nothing was answered."""
    return add(store, "feedback", {"feedback_id": f"f-{secrets.token_hex(6)}", **values}, actor=actor)


def record_mention(store: Engine, values: Mapping[str, Any], *, actor: str) -> str:
    """One remark under a tag; returns its id. LiaisonError where a value is wrong."""
    return add(store, "mentions", {"mention_id": f"m-{secrets.token_hex(6)}", **values}, actor=actor)


def void_mention(store: Engine, mention_id: str, version: int, reason: str, *, actor: str) -> None:
    """It does not stand any more, and why; its history stays."""
    if not reason.strip():
        raise LiaisonError("A reason is missing.", remedy="Say why it does not stand, such as: written down twice.")
    edit(store, "mentions", mention_id, {"voided": reason}, expected_version=version, actor=actor)
