"""What leaves a page says its window, its extract, and how it was counted."""

from datetime import date

import pandas as pd

from liaison.metrics.definitions.leakage import leakage
from liaison.metrics.window import Window
from liaison.ui.papers import dated, told

ROWS = pd.DataFrame({"practice": ["Elm St", "Oak Ave"]})


def test_each_row_of_a_file_carries_its_months_and_its_extract() -> None:
    file = dated(ROWS, Window(2026 * 12, 2026 * 12 + 5), date(2026, 7, 1))
    assert file.columns.tolist() == ["practice", "from", "to", "extract_of"]
    assert file.iloc[1].tolist() == ["Oak Ave", "2026-01", "2026-06", "2026-07-01"]


def test_what_is_not_known_stays_empty_in_a_file() -> None:
    assert dated(ROWS, None, None)[["from", "to", "extract_of"]].isna().all(axis=None)


def test_a_definition_is_told_with_its_rules_and_who_checked_it() -> None:
    words = told(leakage)
    assert words.startswith("**Leakage.** ")
    assert all(f"- {rule}" in words for rule in leakage.rules)
    assert words.endswith("to be reviewed by 2027-06-01.")
