"""The one look of every chart, so that screen, PDF and slide show the same picture."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
from altair.utils import schemapi

from liaison.charts.tokens import Tokens

FONT = "Plex, 'IBM Plex Sans', 'Source Sans', sans-serif"
ROWS = alt.NamedData("rows")  # every chart reads its rows by name, so that its spec can be kept without them


@dataclass(frozen=True)
class Picture:
    """A chart and its rows, apart: the spec depends on the order of things, the rows hold what was counted."""

    drawn: Mapping[str, Any]
    rows: pd.DataFrame

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, naming its data 'rows' without holding it."""
        return dict(self.drawn)

    def arrow(self) -> bytes:
        """The rows as an Arrow IPC stream, as browsers fetch them."""
        table = pa.Table.from_pandas(self.rows, preserve_index=False).replace_schema_metadata(None)
        plain = pa.schema([(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, plain) as stream:
            stream.write_table(table.cast(plain))
        return sink.getvalue().to_pybytes()

    def whole(self) -> dict[str, Any]:
        """The specification with its rows inside, for a PDF or a slide."""
        shown = self.rows.astype(object).where(self.rows.notna(), None)
        return {**self.spec(), "datasets": {"rows": shown.to_dict("records")}}


@contextmanager
def without_checks() -> Iterator[None]:
    """Draws without Altair's check of each part against its schema: three quarters of the time of a chart.

    Tests draw with the checks on, so that what pages draw has passed them.
    """
    with schemapi.debug_mode(False):
        yield


def theme(t: Tokens) -> dict[str, Any]:
    """Altair's configuration for these colours: 12 px labels, no domain, ticks or legend, clear ground."""
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "titleFont": FONT,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 400,
            "labelColor": t.quiet,
            "titleColor": t.quiet,
            "domain": False,
            "ticks": False,
            "grid": False,
            "gridColor": t.line,
            "labelPadding": 6,
            "titlePadding": 8,
            "labelLimit": 260,
        },
        "axisX": {"titleAnchor": "start"},
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -10},
        "legend": {"disable": True},
        "text": {"font": FONT, "fontSize": 12, "color": t.text},
        "line": {"strokeWidth": 2, "color": t.us},
        "bar": {"color": t.us, "cornerRadiusEnd": 2},
        "rule": {"color": t.quiet},
        "point": {"filled": True, "size": 48, "color": t.us},
        "area": {"color": t.us},
    }


def room_for_words(px: int) -> list[Any]:
    """The range of an axis whose longest bar leaves `px` for the words at its end, however wide the column is."""
    return [0, alt.ExprRef(f"max(width - {px}, 40)")]


def finish(layers: Sequence[alt.Chart], t: Tokens, height: int) -> dict[str, Any]:
    """The layers as one specification at the width of its column; `height` (px) is the plot's, axes come on top."""
    sized = alt.layer(*layers).properties(
        height=height, width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    found: dict[str, Any] = sized.configure(**theme(t)).to_dict(validate=schemapi.DEBUG_MODE)
    return found
