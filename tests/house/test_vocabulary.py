"""The closed lists of the code are those that the documentation gives people."""

import re
from enum import Enum

from liaison import vocabulary
from tests.house.tree import ROOT

ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \| ([^|]+) \|$", re.MULTILINE)


def documented() -> dict[str, list[str]]:
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    return {name: re.findall(r"`(\w+)`", words) for name, words in ROW.findall(page)}


def in_code() -> dict[str, list[str]]:
    """Every closed list with members of its own."""
    own = {n: c for n, c in vars(vocabulary).items() if isinstance(c, type) and issubclass(c, Enum)}
    return {n: [str(m.value) for m in c] for n, c in own.items() if c.__module__ == vocabulary.__name__ and len(c)}


def test_every_closed_list_is_documented_word_for_word() -> None:
    assert in_code() == documented()


def test_every_word_has_a_label_for_the_screen() -> None:
    lists = [getattr(vocabulary, name) for name in in_code()]
    bad = [
        word for words in lists for word in words if not word.label or "_" in word.label or not word.label[0].isupper()
    ]
    assert bad == []
