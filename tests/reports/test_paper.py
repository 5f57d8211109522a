"""Paper: what people wrote is printed as it stands, the file says what it is, and the same data give the same file."""

import ast
import re
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from liaison.reports.paper import PAPERS, pdf
from tests.house.tree import parsed, python_files, shown

SIGNS = 'Elm #panic("x") *b* _i_ $x^2$ \\ @home <a> `raw` // no /* no */ ~ -- "quotes" [in] {braces} = - + / 1.'
LETTERS = "Łódź, Ångström & Müller, Żabiński, Жуков, Πέτρος, Nguyễn: 1–2 × “3” → ↑ −4 ≥ 5"


def printed(*parts: dict[str, Any], size: str | None = None, **given: Any) -> PdfReader:
    data = {"title": "Day sheet", "says": "Five visits", "parts": list(parts), **given}
    return PdfReader(BytesIO(pdf("plain", data, size=size)))


def words(reader: PdfReader) -> str:
    """The text of all pages without gaps: where a line ended is nothing that was written."""
    return plain("".join(page.extract_text() for page in reader.pages))


def plain(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_signs_of_markup_are_printed_as_they_were_written() -> None:
    found = printed({"kind": "say", "text": SIGNS}, {"kind": "list", "items": [SIGNS, LETTERS]}, says=SIGNS)
    assert words(found).count(plain(SIGNS)) == 3
    assert plain(LETTERS) in words(found)


def test_two_stars_make_a_sentence_strong_and_one_pair_too_few_does_not() -> None:
    found = words(printed({"kind": "say", "text": "**Elm** rose"}, {"kind": "say", "text": "2 ** 3 rose"}))
    assert "Elmrose" in found
    assert "2**3rose" in found


def test_a_word_longer_than_a_line_stays_on_the_paper() -> None:
    long = "Orthopaedics" * 30
    (page,) = printed({"kind": "rows", "head": ["Name", "Visits"], "rows": [[long, "3"]]}).pages
    rights: list[float] = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: rights.append(tm[4]) if text.strip() else None)
    assert long in words(printed({"kind": "say", "text": long}))
    assert max(rights) < 612 - 51  # points of the paper less its margin of 1.8 cm


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=40), min_size=10, max_size=10))
def test_whatever_people_wrote_can_be_printed(texts: list[str]) -> None:
    rows = [[text, text] for text in texts]
    found = printed({"kind": "list", "items": texts}, {"kind": "rows", "head": texts[:2], "rows": rows}, says=texts[0])
    assert len(found.pages) >= 1


def test_the_same_data_give_the_same_bytes() -> None:
    data = {"title": "Day sheet", "says": "Five visits", "parts": []}
    assert pdf("plain", data) == pdf("plain", data)


def test_the_file_says_its_title_its_language_and_its_structure() -> None:
    found = printed()
    assert found.metadata is not None
    assert found.metadata.title == "Day sheet"
    root = found.root_object
    assert str(root["/Lang"]) == "en"
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert found.xmp_metadata is not None
    assert "pdfuaid" in found.xmp_metadata.rdf_root.toxml()


def test_letters_that_no_font_has_leave_the_rest_readable() -> None:
    assert "ElmStreet" in words(printed(says="Elm Street 中文"))


@pytest.mark.parametrize(("size", "points"), [(None, (612, 792)), ("a4", (595, 842))])
def test_size_of_the_paper_is_the_instances(size: str | None, points: tuple[int, int]) -> None:
    box = printed(size=size).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_a_setting_chooses_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_PAPER", "a4")
    assert round(printed().pages[0].mediabox.height) == 842


def test_templates_run_no_text_fetch_no_package_and_name_no_colour() -> None:
    wrong = {
        path.name: found
        for path in sorted(PAPERS.glob("*.typ"))
        if (found := re.findall(r"\beval\(|@preview|rgb\(\"|#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


def test_what_writes_files_is_imported_where_it_is_used() -> None:
    writers = {"typst", "pptx", "xlsxwriter", "vl_convert"}
    named = {
        f"{shown(path)}: {name}"
        for path in python_files("liaison/reports")
        for node in parsed(path).body
        for name in imported(node)
        if name.partition(".")[0] in writers
    }
    assert named == set()


def imported(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
