"""A panel is read as it stands, and a bad one is refused by file, row and column, with what would mend it."""

from pathlib import Path

import numpy as np
import pytest

from liaison.errors import LiaisonError
from liaison.models.panel import month_id, month_name, read_panel

GOOD = """practice_id,month,referrals_in,referrals_out,visits,visit_randomised,size,specialty
elm,2026-01,3,,0,0,2,family
elm,2026-02,4,1,1,1,2,family
oak,2026-02,0,2,0,,5,cardiology
oak,2026-01,7,0,2,0,5,cardiology
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "panel.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_in_any_order_fill_the_panel(tmp_path: Path) -> None:
    panel = read_panel(written(tmp_path, GOOD))
    assert panel.practices == ("elm", "oak")
    assert [month_name(m) for m in panel.months] == ["2026-01", "2026-02"]
    assert panel.referrals_in.tolist() == [[3, 4], [7, 0]]
    assert panel.visits.tolist() == [[0, 1], [2, 0]]
    assert panel.visit_randomised.tolist() == [[0, 1], [0, 0]]
    assert panel.covariates.loc["oak"].to_dict() == {"size": 5.0, "specialty": "cardiology"}


def test_an_empty_cell_of_what_goes_out_is_not_a_zero(tmp_path: Path) -> None:
    out = read_panel(written(tmp_path, GOOD)).referrals_out
    assert np.isnan(out[0, 0])
    assert out[0, 1] == 1
    assert out[1].tolist() == [0, 2]


def test_what_was_known_at_a_month_has_nothing_of_later_ones(tmp_path: Path) -> None:
    known = read_panel(written(tmp_path, GOOD)).until(month_id("2026-01"))
    assert known.months == (month_id("2026-01"),)
    assert known.referrals_in.tolist() == [[3], [7]]


def test_columns_that_look_like_no_column_of_a_panel_are_left_alone(tmp_path: Path) -> None:
    text = "practice_id,month,referrals_in,visits,remark\nelm,2026-01,3,0,nice people\n"
    assert read_panel(written(tmp_path, text)).practices == ("elm",)


BAD = {
    "no column": ("practice_id,month,visits\nelm,2026-01,0\n", 1, "referrals_in", "Add it"),
    "near miss": ("practice_id,month,referral_in,visits\nelm,2026-01,1,0\n", 1, "referrals_in", "Rename referral_in"),
    "american": (
        "practice_id,month,referrals_in,visits,visit_randomized\nelm,2026-01,1,0,1\n",
        1,
        "visit_randomized",
        "Rename it to visit_randomised",
    ),
    "month": (GOOD.replace("elm,2026-02", "elm,Feb 2026"), 3, "month", "2026-03"),
    "thirteenth month": (GOOD.replace("elm,2026-02", "elm,2026-13"), 3, "month", "2026-03"),
    "half a referral": (GOOD.replace("elm,2026-01,3", "elm,2026-01,2.5"), 2, "referrals_in", "whole number"),
    "below zero": (GOOD.replace("oak,2026-01,7", "oak,2026-01,-7"), 5, "referrals_in", "whole number"),
    "not a number": (GOOD.replace("oak,2026-01,7", "oak,2026-01,nan"), 5, "referrals_in", "whole number"),
    "empty visits": (GOOD.replace("elm,2026-01,3,,0", "elm,2026-01,3,,"), 2, "visits", "Write 0"),
    "no practice": (GOOD.replace("elm,2026-02", ",2026-02"), 3, "practice_id", "Fill it in"),
    "flag": (GOOD.replace("4,1,1,1", "4,1,1,yes"), 3, "visit_randomised", "1 for a drawn slot"),
    "twice": (GOOD + "oak,2026-01,1,0,0,0,5,cardiology\n", 6, "month", "one row a practice and month"),
    "gap": (GOOD + "elm,2026-03,1,0,0,0,2,family\n", 4, "month", "Add the row"),
    "covariate changes": (GOOD.replace("2,family\noak", "3,family\noak"), 3, "size", "one value"),
    "ragged": (GOOD + "ash,2026-01,1\n", 6, None, "as many cells"),
    "no rows": ("practice_id,month,referrals_in,visits\n", None, None, "one row a practice"),
    "empty": ("", 1, None, "Start with"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_panel_names_its_place_and_remedy(fault: str, tmp_path: Path) -> None:
    text, row, column, remedy = BAD[fault]
    with pytest.raises(LiaisonError) as refused:
        read_panel(written(tmp_path, text))
    where = refused.value.where
    assert where is not None
    assert (where.file, where.row, where.column) == ("panel.csv", row, column)
    assert remedy in refused.value.remedy


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="cannot be read"):
        read_panel(tmp_path / "none.csv")


def test_blank_lines_count_as_rows_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        read_panel(written(tmp_path, GOOD.replace("elm,2026-02,4", "\nelm,2026-02,x")))
    assert refused.value.where is not None
    assert refused.value.where.row == 4
