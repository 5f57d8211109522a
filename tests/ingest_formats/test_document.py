"""The page on formats says what the importers do."""

from liaison.ingest.document import PAGE, page
from liaison.ingest.formats import all_formats


def test_page_is_what_the_formats_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Write it anew: make formats"


def test_every_field_has_a_sentence_or_is_known_by_its_name() -> None:
    """A column that a liaison has never heard of is explained."""
    plain = {"name", "address", "city", "state", "zip", "lat", "lon", "phone", "email", "job", "minutes", "miles"}
    plain |= {"notes", "note"}
    fields = [(name, f) for name, form in all_formats().items() for f in form.fields if f.name not in plain]
    assert [(name, f.name) for name, f in fields if not (f.says or f.headers or f.choices)] == []
