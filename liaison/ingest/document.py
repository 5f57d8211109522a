"""The formats as a page: docs/formats.md is written by `python -m liaison.ingest.document`."""

from collections.abc import Iterator
from pathlib import Path

from liaison.ingest.formats import OWN
from liaison.ingest.formats.base import Field, Format

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"

INTRODUCTION = """# File formats

What can be imported, written from the formats themselves (`make formats`); `python -m liaison formats --json` says the
same. Files may be CSV (comma, semicolon, tab or bar; UTF-8 or Windows-1252), XLSX, or packed as gz or zip.

- Dates are `YYYY-MM-DD` unless a format or a mapping says otherwise; ZIP codes and ids are text.
- Columns that no field knows are left out and named. One that is called like a patient's identifier refuses the file
  until a mapping says `drop` or `hash`.
- A bad row is rejected with its file, row (the header is row 1), column, reason and remedy; good rows go in. More than
  5% of bad rows refuse the file, unless `--allow-rejects`.
- A later extract replaces: the key of a referral is (source, referral_id), and the row of the newest extract counts.

## A mapping

For files with other names, values or dates than ours. The Data page drafts one from a file and lets you correct it.

```toml
format = "referrals"
[columns]                      # our field = their column
referral_id = "Order number"
created_on = "Entered"
[dates]                        # how a column writes its dates
created_on = "%m/%d/%Y"
[values.network_status]        # their value = ours
"Non-Preferred" = "out"
[constants]                    # the same for every row
source = "main-ehr"
[identifiers]                  # a patient's identifier: "drop", or "hash" with this instance's own key
PAT_ID = "drop"
```
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(line for form in OWN for line in _format(form()))])


def _format(form: Format) -> Iterator[str]:
    yield f"## {form.name}"
    yield ""
    yield f"{form.title}."
    yield ""
    for group in form.one_of:
        yield f"- Of {', '.join(f'`{name}`' for name in group)} a row needs one."
    if form.listed_identifiers:
        yield f"- Left out unless a mapping asks for a hash: {', '.join(f'`{n}`' for n in form.listed_identifiers)}."
    yield from (f"- {caveat}" for caveat in form.caveats)
    if form.one_of or form.listed_identifiers or form.caveats:
        yield ""
    yield from _fields(form.fields)
    for part in form.parts:
        yield f"Further file `{part.name}`:"
        yield ""
        yield from _fields(part.fields)


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    yield from ("| field | what it holds | in their words |", "| --- | --- | --- |")
    for field in fields:
        kind = field.kind.value
        what = f"One of {', '.join(field.choices)}." if field.choices else f"{kind[0].upper()}{kind[1:]}."
        says = f"{field.says} {what}"
        says += " Required." if field.required else f" Default: {field.default}." if field.default else ""
        yield f"| `{field.name}` | {says.strip()} | {', '.join(f'`{h}`' for h in field.headers)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
