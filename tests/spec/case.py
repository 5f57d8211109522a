"""What a rule looks like when it is drawn: small tables, a question, the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Cells = list[dict[str, str]]


@dataclass(frozen=True)
class Case:
    """`given`: name of a table -> its rows as text; `asks`: a command; `gives`: what it prints, in the columns drawn.

    A cell `5x` in a column `referrals` of the given table stands for as many equal rows.
    """

    says: str
    given: Mapping[str, str]
    asks: str
    gives: str
    note: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """The cases of one part of the rules."""

    title: str
    cases: tuple[Case, ...]


def tables(text: str) -> list[Cells]:
    """Tables drawn with `|`, parted by blank lines; the first line names the columns."""
    found: list[Cells] = []
    for block in "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n"):
        lines = [[cell.strip() for cell in line.split("|")] for line in block.splitlines() if line.strip()]
        head, *rows = lines
        found.append([dict(zip(head, row + [""] * (len(head) - len(row)), strict=True)) for row in rows])
    return found


def drawn(rows: Cells) -> str:
    """The rows as a Markdown table."""
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([row[c] for c in head] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
