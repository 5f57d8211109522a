"""The Overview: what changed leads to the page that explains it, filters go along, back returns, lines are a file."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_line_opens_its_leakage_with_the_filters_and_back_returns(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/?territory=T1")
    page.locator(".lz-box").first.wait_for()
    said = seen.sentence()
    page.locator(".st-key-lines").get_by_role("link", name="Neurology").click()
    seen.until_url("line=neurology")
    assert "territory=T1" in page.url
    assert page.locator("h1").inner_text() == "Leakage"
    assert seen.value("Service line") == "Neurology"
    page.go_back()
    page.locator(".lz-box").first.wait_for()
    seen.settle()
    assert seen.sentence() == said


@pytest.mark.audit
def test_who_lapsed_is_one_click_away(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/")
    rows = page.locator(".lz-change")
    rows.first.wait_for()
    assert any("lapsed" in row or "stuck" in row for row in rows.all_inner_texts())
    page.locator(".st-key-changes").get_by_role("link", name="Lapsed practices").click()
    seen.until_url("movement=lapsed")
    assert page.locator("h1").inner_text() != "Overview"


def test_a_filter_changes_what_is_said_and_boxes_lie_in_one_column_on_a_phone(visit: Callable[..., Visit]) -> None:
    seen = visit("phone")
    page = seen.open("/?window=6m")
    page.locator(".lz-box").first.wait_for()
    places = [box["x"] for each in page.locator(".lz-box").all() if (box := each.bounding_box())]
    assert len(places) >= 10
    assert len(set(places)) == 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.audit
def test_the_lines_are_a_file_with_window_and_vintage(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.open("/")
    rows = seen.file(page.get_by_role("button", name="Download", exact=True))
    assert {(r["from"], r["to"], r["extract_of"]) for r in rows} == {("2025-11", "2026-10", "2026-11-01")}
    assert len(rows) == page.locator(".lz-box").count()
    assert all(int(r["out_of_network"]) <= int(r["destination_known"]) <= int(r["referrals"]) for r in rows)
