"""Rows are counted as a spreadsheet counts them, whatever stands between the good ones."""

import csv
import io

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liaison.errors import LiaisonError
from liaison.ingest.lines import BAD_QUOTES, Lines


def fed(text: str, width: int = 3, block: int = 1 << 20, delimiter: str = ",") -> tuple[Lines, list[list[str]]]:
    """The lines after the text went through in blocks, and the records they handed back."""
    lines, data = Lines(delimiter, width, first_row=2), text.encode()
    parts = [lines.take(data[i : i + block]) for i in range(0, len(data), block)]
    out = b"".join([*parts, lines.take(b"", last=True)]).decode()
    # A line without anything is one blank value where there is only one column.
    records = [row or [""] for row in csv.reader(io.StringIO(out, newline=""), delimiter=delimiter, strict=True)]
    return lines, records


def rows(lines: Lines) -> list[int]:
    return lines.rows_of(np.arange(lines.kept)).tolist()


@given(
    text=st.text(alphabet='ab,"\n', max_size=60),
    width=st.integers(1, 4),
    block=st.integers(1, 40),
)
@example(text='a,"b\n"\n\na,b\na,b,a\n', width=2, block=3)
@example(text='a,"b""\n\n"\n', width=2, block=1)
@example(text='a"b,"",\n', width=3, block=2)
def test_what_pythons_reader_reads_is_read_alike(text: str, width: int, block: int) -> None:
    try:
        every = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return  # a quote that makes no sense: see below
    lines, records = fed(text, width, block)
    numbered = list(enumerate(every, 2))
    good = [(row, [c.strip() for c in record]) for row, record in numbered if record and len(record) == width]
    assert [(r, [c.strip() for c in rec]) for r, rec in zip(rows(lines), records, strict=True)] == good
    broken = [(row, len(record)) for row, record in numbered if record and len(record) != width]
    assert [tuple(b) for b in lines.broken] == broken
    assert lines.blank_count == sum(not record for record in every)


@given(text=st.text(alphabet='ab,"\n ', max_size=60), width=st.integers(1, 4), block=st.integers(1, 40))
@example(text='a","\n"', width=2, block=1)
@example(text=' "\n",', width=2, block=1)
@example(text='"\n",a"\n', width=2, block=1)
def test_blocks_do_not_matter(text: str, width: int, block: int) -> None:
    whole, cut = fed(text, width), fed(text, width, block)
    assert whole[1] == cut[1]
    assert list(whole[0].broken) == list(cut[0].broken)
    assert rows(whole[0]) == rows(cut[0])


@pytest.mark.parametrize("block", [1, 7, 1 << 20])
@pytest.mark.parametrize(
    ("text", "kept", "broken"),
    [
        # A quote that is never closed spoils its own line and no other.
        ('1,"a,x\n2,b,y\n3,"c",z\n', ["2", "3"], [(2, BAD_QUOTES)]),
        ('1,"a,x\n2,b,y\n', ["2"], [(2, BAD_QUOTES)]),
        # Closed in the middle of a value.
        ('1,"a"b,x\n2,c,y\n', ["2"], [(2, BAD_QUOTES)]),
        # Within a bare value it stands for itself: a 5" tube.
        ('1,5" tube,x\n2,c,y\n', ["1", "2"], []),
        # As people write by hand.
        ('1, "a,b" ,x\n2,c,y\n', ["1", "2"], []),
        # Blank lines, quoted line breaks and broken lines together.
        ('1,"a\nb",x\n\n2,b\n\n3,"c\n\nd",z\n4,a,b,c\n5,e,f\n', ["1", "3", "5"], [(4, 2), (7, 4)]),
        ("   \n1,a,b\n", ["1"], [(2, 1)]),
    ],
)
def test_each_kind_of_line(text: str, kept: list[str], broken: list[tuple[int, int]], block: int) -> None:
    lines, records = fed(text, block=block)
    assert [record[0] for record in records] == kept
    assert [tuple(b) for b in lines.broken] == broken


def test_rows_count_blank_lines_and_not_quoted_breaks() -> None:
    lines, _ = fed('1,"a\nb",x\n\n2,b\n\n3,"c\n\nd",z\n4,a,b,c\n5,e,f\n')
    assert rows(lines) == [2, 6, 8]


def test_an_endless_line_is_no_table() -> None:
    with pytest.raises(LiaisonError, match="no table"):
        fed("a" * (3 << 20), block=1 << 19)


@pytest.mark.parametrize(
    ("text", "padded", "oddly"),
    [
        ("1,a b,c\n", False, False),
        ("1, a,c\n", True, False),
        ("1,a ,c\n", True, False),
        (" 1,a,c\n", True, False),
        ("1,a,c \n", True, False),
        ('1,"a, b",c\n', False, False),
        ('1," a",c\n', True, False),
        ("1,\u00a0a,c\n", True, False),
        ("1,\ta,c\n", False, True),
        ('1,"a\nb",c\n', False, False),
        ('1,"a\n",c\n', False, True),
    ],
)
def test_padding_is_noticed(text: str, padded: bool, oddly: bool) -> None:
    lines, _ = fed(text)
    assert (lines.padded, lines.padded_oddly) == (padded, oddly)
