"""How a result reads as text."""

from liaison.cli.show import text


def test_short_values_are_lines_and_records_a_table() -> None:
    told = text(
        {
            "window": {"from": "2026-01", "to": "2026-06"},
            "data_version": 1234,
            "total": {"numerator": 1500, "value": 0.25},
            "rows": [{"key": "a", "label": "Cardiology", "n": 1200}, {"key": "bb", "label": "ENT", "n": None}],
            "notes": [],
        }
    )
    assert told.splitlines() == [
        "window: 2026-01 to 2026-06",
        "data version: 1234",
        "total: numerator 1,500, value 25.0%",
        "notes: ",
        "",
        "rows",
        "key  label           n",
        "a    Cardiology  1,200",
        "bb   ENT",
    ]


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    told = text({"rows": [{"reason": "first\nsecond", "ok": True}]})
    assert told.splitlines()[1:] == ["reason        ok", "first second  yes"]
