"""Slides (16:9) from a few parts: words in boxes of their own, crisp pictures, notes to speak from."""

from datetime import datetime
from io import BytesIO
from typing import Any

from liaison.charts.tokens import LIGHT, rgb

WIDE, HIGH = 13.333, 7.5  # inches
EDGE = 0.7
# The one face that every machine has or replaces by one of the same widths: a slide is opened by others than its maker.
FACE = "Arial"
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  the file format knows no zone, and the slides say when they were made


class Deck:
    """A presentation; lengths are inches, sizes points. A sentence may hold **strong** words."""

    def __init__(self, title: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDE), Inches(HIGH)
        told = self._deck.core_properties
        told.title, told.author, told.language = title, "Liaison", "en-US"
        told.created = told.modified = EPOCH

    def slide(self, title: str, foot: str, notes: list[str]) -> "Slide":
        """A new one: its sentence as the title, the papers below, definitions in the notes."""
        page: Any = self._deck.slides.add_slide(self._deck.slide_layouts[5])  # title only
        for shape in [s for s in page.placeholders if s.placeholder_format.idx != 0]:
            shape._element.getparent().remove(shape._element)
        made = Slide(page)
        made.place_title(title)
        made.words([foot], EDGE, HIGH - 0.5, WIDE - 2 * EDGE, 0.3, size=10, colour=LIGHT.quiet)
        page.notes_slide.notes_text_frame.text = "\n".join(plain(note) for note in notes)
        return made

    def as_bytes(self) -> bytes:
        out = BytesIO()
        self._deck.save(out)
        return out.getvalue()


class Slide:
    """One slide, laid out from its parts."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def place_title(self, title: str) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Inches

        shape = self._page.shapes.title
        shape.left, shape.top = Inches(EDGE), Inches(0.45)
        shape.width, shape.height = Inches(WIDE - 2 * EDGE), Inches(1.15)
        shape.text_frame.word_wrap = True
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        _no_margin(shape.text_frame)
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _write(
            shape.text_frame.paragraphs[0], f"**{title.replace('**', '')}**", 28 if len(title) < 90 else 23, LIGHT.text
        )

    def words(
        self,
        sentences: list[str],
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        size: float = 16,
        colour: str = LIGHT.text,
        numbered: bool = False,
    ) -> None:
        """A box of sentences, a paragraph each; smaller where they would not fit."""
        from pptx.util import Inches, Pt

        box = self._page.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
        box.word_wrap = True
        _no_margin(box)
        fitting = fitted(sentences, width, height, size)
        for place, sentence in enumerate(sentences):
            paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
            paragraph.space_after = Pt(fitting * 0.45)
            _write(paragraph, f"{place + 1}. {sentence}" if numbered else sentence, fitting, colour)

    def tile(self, label: str, value: str, under: str, left: float, top: float, width: float) -> None:
        """One figure in a frame."""
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.oxml.ns import qn
        from pptx.util import Inches, Pt

        frame = self._page.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, Inches(left), Inches(top), Inches(width), Inches(1.9)
        )
        frame.adjustments[0] = 0.05
        frame.fill.background()
        frame.line.color.rgb, frame.line.width = RGBColor(*rgb(LIGHT.line)), Pt(1)
        frame.shadow.inherit = False
        style = frame._element.find(qn("p:style"))
        if style is not None:  # the theme's own shape is drawn with a shadow and a thick edge
            frame._element.remove(style)
        inner = left + 0.2, width - 0.4
        self.words([label], inner[0], top + 0.18, inner[1], 0.35, size=14)
        self.words([f"**{value}**"], inner[0], top + 0.6, inner[1], 0.65, size=30)
        self.words([under], inner[0], top + 1.35, inner[1], 0.35, size=13, colour=LIGHT.quiet)

    def picture(self, png: bytes, alt: str, left: float, top: float, width: float, height: float) -> None:
        """As large as it fits, its words for who cannot see it."""
        from pptx.util import Inches

        shape = self._page.shapes.add_picture(BytesIO(png), Inches(left), Inches(top), width=Inches(width))
        if shape.height > Inches(height):
            shape.width, shape.height = int(shape.width * Inches(height) / shape.height), Inches(height)
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    def table(
        self, head: list[str], rows: list[list[str]], widths: list[float], top: float, *, size: float = 13
    ) -> None:
        """A native table, in the order given."""
        from pptx.oxml.ns import qn
        from pptx.util import Inches

        shape = self._page.shapes.add_table(
            len(rows) + 1, len(head), Inches(EDGE), Inches(top), Inches(sum(widths)), Inches(0.32 * (len(rows) + 1))
        )
        table = shape.table
        look = shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
        look.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no fill, no lines
        for place, width in enumerate(widths):
            table.columns[place].width = Inches(width)
        for y, row in enumerate([head, *rows]):
            table.rows[y].height = Inches(0.32)
            for x, value in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                cell.margin_left = Inches(0)
                _write(cell.text_frame.paragraphs[0], f"**{value}**" if y == 0 else value, size, LIGHT.text)


def fitted(sentences: list[str], width: float, height: float, size: float) -> float:
    """The size in points at which the sentences fit a box: a letter is about half as wide as it is high."""
    while size > 8:
        a_line = max(1, int(width * 72 / (size * 0.52)))
        lines = sum(-(-len(plain(sentence)) // a_line) for sentence in sentences)
        if (lines * 1.2 + len(sentences) * 0.45) * size <= height * 72:
            break
        size -= 0.5
    return size


def plain(sentence: str) -> str:
    return sentence.replace("**", "")


def _no_margin(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _write(paragraph: Any, sentence: str, size: float, colour: str) -> None:
    """Runs of text, every second one strong; an unpaired ** stays as it is written."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    parts = sentence.split("**")
    if len(parts) % 2 == 0:
        parts = [sentence]
    for place, part in enumerate(parts):
        if part:
            run = paragraph.add_run()
            run.text = part
            run.font.size, run.font.bold, run.font.name = Pt(size), place % 2 == 1, FACE
            run.font.color.rgb = RGBColor(*rgb(colour))
