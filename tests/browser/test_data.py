"""The Data page: an upload with a bad row, an import that survives a page change, an import that is forgotten."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SLOW, App, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_app(start: Callable[..., App], tmp_path_factory: pytest.TempPathFactory) -> App:
    return start(own=tmp_path_factory.mktemp("data") / "own")


def practices(folder: Path, rows: int, bad: bool) -> Path:
    lines = ["practice_id,name,zip,type"]
    lines += [f"P{i},Practice {i},28801,Family medicine" for i in range(rows)]
    if bad:
        lines[3] = "P2,Practice 2,ZIPPY,Family medicine"
    file = folder / "practices.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_bad_row_is_named_before_anything_is_stored_and_good_rows_go_in(
    visit: Callable[..., Visit], own_app: App, tmp_path: Path
) -> None:
    seen = visit(to=own_app)
    page = seen.open("/data?home=own&part=bring&format=practices")
    page.locator('input[type="file"]').set_input_files(practices(tmp_path, 40, bad=True))
    page.get_by_text("Recognised by its columns as Practices").wait_for()
    seen.press("Try it")
    page.get_by_text("39 of 40 rows would go in: 39 new").wait_for()
    page.get_by_text("1 row rejected").wait_for()
    seen.press("Import")
    page.get_by_text("39 rows went in").wait_for()
    assert page.get_by_text("39 in \u00b7 who refers").count() == 1


def test_an_import_goes_on_while_another_page_is_open(
    visit: Callable[..., Visit], own_app: App, tmp_path: Path
) -> None:
    seen = visit(to=own_app)
    page = seen.open("/data?home=own&part=bring&format=organisations")
    file = tmp_path / "organisations.csv"
    file.write_text("organisation_id,name,ours\nus,Elm Health,true\nthem,Rival,false\n", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("Recognised by its columns as Organisations").wait_for()
    seen.press("Import")
    seen.go("Leakage")
    page.get_by_text("Nothing to show yet").wait_for()
    page.go_back()
    expect(page.get_by_text("2 rows went in").first).to_be_visible(timeout=SLOW)


def test_an_import_is_forgotten_after_asking_once(visit: Callable[..., Visit], own_app: App) -> None:
    seen = visit(to=own_app)
    page = seen.open("/data?home=own&part=imports")
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 15, box["y"] + 51)  # the mark of the first row: the table is drawn on a canvas
    page.get_by_role("button", name="Forget this import").click()
    page.get_by_role("button", name="Forget it").click()
    page.get_by_text("The import is out of the figures").wait_for()


def test_a_file_that_is_no_table_is_refused_with_its_reason(
    visit: Callable[..., Visit], own_app: App, tmp_path: Path
) -> None:
    seen = visit(to=own_app)
    page = seen.open("/data?home=own&part=bring")
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("alert").wait_for()
    assert page.get_by_test_id("stException").count() == 0


def test_the_switch_opens_the_demo_market_and_comes_back(visit: Callable[..., Visit], own_app: App) -> None:
    seen = visit(to=own_app)
    page = seen.open("/data?home=own")
    seen.press("Open the demo market")
    page.get_by_text("8,000 referrals").wait_for()
    assert "home=demo" in page.url
    seen.press("Open your own data")
    page.get_by_text("No referrals are in yet").first.wait_for()
