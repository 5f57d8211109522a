"""docs/metrics.md: the definitions of all metrics, and every rule as it is drawn and tested.

`python -m tests.spec.document` writes it; a test says when it is stale.
"""

import re
from collections.abc import Iterator

from liaison.metrics.document import definition, in_order
from liaison.vocabulary import NONE
from tests.house.tree import ROOT
from tests.spec.case import Case, drawn, tables
from tests.spec.drawn import CHAPTERS
from tests.spec.given import CREATED, EXTRACT

PAGE = ROOT / "docs" / "metrics.md"
OPENING = f"""# Metrics

What each figure says and how it is counted. This page is written from the definitions in `liaison/metrics/definitions`
and from the examples in `tests/spec/drawn` (`make metrics`); every example is a test, run on DuckDB, SQLite and
PostgreSQL.

Every figure names its window, its vintage (the newest extract among the rows counted) and its coverage (how much of
what should be known is known). A blank key is the row `{NONE}`, so that rows add up to the total.

## Definitions
"""
EXAMPLES = f"""## Examples

In each: what is given, the command's question, what it answers. Dates such as `03-02` lie in 2026. Where a table does
not say otherwise, a referral was created on {CREATED} and comes from an extract of {EXTRACT}, so that March 2026 is
the last complete month. `20x` stands for twenty equal rows.
"""


def page() -> str:
    lines = [OPENING]
    for metric in in_order():
        lines += definition(metric)
    lines.append(EXAMPLES)
    for chapter in CHAPTERS:
        lines += [f"### {chapter.title}", ""]
        for case in chapter.cases:
            lines += example(case)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def example(case: Case) -> Iterator[str]:
    yield f"#### {case.says}"
    yield ""
    for name, text in case.given.items():
        for table in tables(text):
            yield f"*{name}*"
            yield ""
            yield drawn(table)
            yield ""
    if case.settings:
        yield f"Settings: {', '.join(f'`{k} = {v}`' for k, v in case.settings.items())}."
        yield ""
    yield f"**`{case.asks}`** gives"
    yield ""
    for table in tables(case.gives):
        yield drawn(table)
        yield ""
    if case.note:
        yield case.note
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
