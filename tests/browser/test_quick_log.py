"""The quick log on a phone: a visit in a few taps; half a sentence outlives the server, the line and the tab.

The app is the process that `serve` starts; it is killed as a machine that loses power would be.
"""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.logged import Logged, latest_visits
from liaison.store import reading
from tests.browser.conftest import SLOW, App, Visit
from tests.browser.test_pages import findings

pytestmark = pytest.mark.browser
LETTER, TAP = 0.2, 2.0  # seconds of a slow typist: counted, not waited for
HALF, WHOLE = "They will send us the next thr", "ee knee patients' referrals"


@dataclass
class Hand:
    """One finger: counts what it presses and how long that takes."""

    taps: int = 0
    letters: int = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def type(self, page: Page, words: str) -> None:
        page.keyboard.type(words)
        self.letters += len(words)

    @property
    def seconds(self) -> float:
        return self.taps * TAP + self.letters * LETTER


@pytest.fixture(scope="module")
def served(start: Callable[..., App], small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(small_demo, folder / "own")
    return start(own=folder / "own", demo=folder / "demo", command=("-m", "liaison", "serve"))


def kill(app: App) -> None:
    assert app.process is not None
    app.process.send_signal(signal.SIGKILL)
    app.process.wait(20)


def again(app: App) -> None:
    """The server once more, at the same address."""
    assert app.process is not None
    app.process = subprocess.Popen(
        app.process.args, cwd=Path(__file__).parents[2], env=environment(app), stdout=-3, stderr=-3
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(app.url("/health"), timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the app did not come back within a minute")


def environment(app: App) -> dict[str, str]:
    return {**os.environ, "LIAISON_HOME": str(app.own), "LIAISON_DEMO_HOME": str(app.demo)}


def logged(app: App) -> tuple[list[Logged], list[str]]:
    """The visits that phones sent, and the barriers raised on them, as the store has them."""
    home = Home.open(Settings(home=app.own))
    with reading(home.store) as conn:
        visits = [one for one in latest_visits(conn, most=100) if one.values["visit_id"].startswith("q-")]
        every = fieldwork.all_records(conn, "barriers")
    barriers = [str(each["what"]) for each in every if str(each["visit_id"]).startswith("q-")]
    home.close()
    return visits, barriers


def test_a_visit_with_a_barrier_and_a_next_step_takes_few_taps_and_no_minute(
    visit: Callable[..., Visit], served: App
) -> None:
    seen, hand = visit("phone", served), Hand()
    page = seen.page
    page.goto(served.url("/quick"))
    page.get_by_label("Who is logging").select_option("L1")  # once, kept on the phone
    hand.tap(page.locator("#found button").first)
    hand.tap(page.get_by_label("Follow up"))
    hand.tap(page.get_by_label("Met the manager"))
    hand.tap(page.get_by_label("Next step"))
    hand.type(page, "Send the referral guide")
    hand.tap(page.get_by_role("button", name="In a week"))
    hand.tap(page.get_by_text("A barrier was raised"))
    hand.tap(page.get_by_label("Report back"))
    hand.tap(page.get_by_label("What happened"))
    hand.type(page, "No notes come back after the visit")
    assert findings(seen) == []
    assert sizes(page) == []
    hand.tap(page.get_by_role("button", name="Log visit"))
    expect(page.locator("#entries")).to_contain_text(re.compile(r"sent \d\d:\d\d"), timeout=SLOW)
    assert hand.taps <= 12
    assert hand.seconds <= 60
    (one,), barriers = logged(served)
    assert (one.values["purpose"], one.values["next_step"]) == ("follow_up", "Send the referral guide")
    assert (one.values["channel"], one.values["outcome"]) == ("in_person", "Met the manager")
    assert one.values["next_step_on"] > one.values["date"]
    assert barriers == ["No notes come back after the visit"]
    shown = seen.open("/log?liaison=L1")  # the pages of the app know of it at once
    assert "Send the referral guide" in shown.locator("body").inner_text()


def test_half_a_sentence_outlives_the_server_the_line_and_the_tab(visit: Callable[..., Visit], served: App) -> None:
    seen = visit("phone", served)
    page = seen.page
    page.goto(served.url("/quick"))
    page.get_by_label("Who is logging").select_option("L1")
    page.locator("#found button").first.tap()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_label("Notes").tap()
    page.keyboard.type(HALF)
    assert page.evaluate("document.activeElement.id") == "notes"
    kill(served)
    seen.context.set_offline(True)
    page.close()

    page = seen.page = seen.context.new_page()
    page.goto(served.url("/quick"))  # from what the phone holds
    expect(page.get_by_label("Notes")).to_have_value(HALF)
    page.get_by_label("Notes").press("End")
    page.keyboard.type(WHOLE)
    page.get_by_role("button", name="Log visit").tap()
    expect(page.locator("#entries")).to_contain_text("kept on this phone")
    page.close()

    again(served)
    seen.context.set_offline(False)
    page = seen.page = seen.context.new_page()
    page.goto(served.url("/quick"))
    expect(page.locator("#entries")).to_contain_text(re.compile(r"sent \d\d:\d\d"), timeout=SLOW)
    page.reload()
    expect(page.locator("#entries")).to_contain_text("sent")
    assert [one.values["notes"] for one in logged(served)[0] if one.values["notes"]] == [HALF + WHOLE]


SMALL = """() => { const fields = 'select, input:not([type=radio]):not(.chip > input), textarea';
    const all = [...document.querySelectorAll(`button, summary, a, label.chip, ${fields}`)];
    return all.filter(e => e.getBoundingClientRect().width > 0)
        .filter(e => e.getBoundingClientRect().height < 44
            || (e.matches(fields) && parseFloat(getComputedStyle(e).fontSize) < 16))
        .map(e => e.innerText.trim() || e.id) }"""


def sizes(page: Page) -> list[str]:
    """What a thumb cannot press, or a phone would zoom into; a page that goes sideways."""
    found: list[str] = page.evaluate(SMALL)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *(["the page scrolls sideways"] if wide > 0 else [])]
