"""A small demo market, the app as people start it, and a browser that hears every request."""

import csv
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, TimeoutError

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.jobs import effected

ROOT = Path(__file__).parents[2]
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {
        "color_scheme": "light",
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "user_agent": PHONE,
    },
}
SLOW = 45_000  # ms; a browser that draws without a graphics card, beside a worker on two cores


@dataclass
class App:
    """One started process of the app, with homes of its own."""

    own: Path
    demo: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    command: tuple[str, ...] = ("-m", "streamlit", "run", "app.py")

    def start(self) -> "App":
        self.port = free_port()
        told = {**os.environ, "LIAISON_HOME": str(self.own), "LIAISON_DEMO_HOME": str(self.demo)}
        streamlit = "streamlit" in self.command
        place = ["--server.port", str(self.port), "--client.showErrorDetails", "full"] if streamlit else []
        place = place or ["--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, *self.command, *place],
            cwd=ROOT,
            env=told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url("/_stcore/health"), timeout=2):
                    return self
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the app did not start within a minute")

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo home that is built once: 60 practices, 8,000 referrals; what visits brought has been asked."""
    folder = tmp_path_factory.mktemp("browser") / "demo"
    home = Home.open(Settings(home=folder))
    build(home, practices=60, referrals=8_000)
    effected.bring_up_to_date(home, lambda share, words: None)
    home.close()
    return folder


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory, small_demo: Path, chromium: Path) -> Iterator[Callable[..., App]]:
    """Starts another process of the app; each is stopped at the end."""
    started: list[App] = []

    def new(own: Path | None = None, demo: Path | None = None, **more: Any) -> App:
        app = App(own or tmp_path_factory.mktemp("own"), demo or small_demo, **more).start()
        started.append(app)
        return app

    yield new
    for app in started:
        app.stop()


@pytest.fixture(scope="session")
def app(start: Callable[..., App]) -> App:
    """The app with an empty own home: it opens on the small demo market."""
    return start()


@dataclass
class Visit:
    """One browser session; `outside` are the hosts that it asked for anything but the app."""

    page: Page
    context: BrowserContext
    app: App
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.app.url(path))
        self.page.wait_for_selector("h1", timeout=SLOW)
        return self.settle()

    def settle(self) -> Page:
        """Until no script runs, twice in a row: a pick of the browser may start another run."""
        for _ in range(2):
            self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=SLOW)
            self.page.wait_for_timeout(150)
        return self.page

    def file(self, button: Locator) -> list[dict[str, str]]:
        """The rows of the CSV that a download button gives.

        A map that loads above may push the button, and what it opened, out of sight: one scrolls there again.
        """
        button.click()
        csv_of_it = self.page.get_by_role("button", name="CSV")
        with self.page.expect_download() as asked:
            for _ in range(5):
                button.scroll_into_view_if_needed()
                try:
                    csv_of_it.click(timeout=5000)
                    break
                except TimeoutError:
                    continue
        with Path(asked.value.path()).open(encoding="utf-8-sig", newline="") as text:
            return list(csv.DictReader(text))

    def sentence(self) -> str:
        return self.page.locator("h2").first.inner_text()

    def until_url(self, part: str) -> None:
        self.page.wait_for_url(lambda url: part in url, timeout=SLOW)
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Picks an option of a select box by what people read; typing it first leaves no long list to scroll."""
        field = self.page.get_by_label(label, exact=True)
        self.page.locator('[data-testid="stSelectbox"]').filter(has=field).first.click()
        if field.first.is_editable():
            field.first.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def value(self, label: str) -> str:
        """What a select box shows."""
        return self.page.get_by_label(label, exact=True).first.input_value()

    def go(self, title: str) -> None:
        """Opens a page of the first menu; a run that ends meanwhile may close the menu, as it would for people."""
        link = self.page.get_by_role("menuitem", name=title)
        for _ in range(5):
            if not link.is_visible():
                self.page.get_by_test_id("stTopNavSection").first.click()
            try:
                link.click(timeout=1500)
                break
            except TimeoutError:
                continue
        self.settle()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.settle()


@pytest.fixture
def visit(browser: Browser, app: App) -> Iterator[Callable[..., Visit]]:
    """A new browser session; after the test none may have asked another host for anything."""
    made: list[Visit] = []

    def new(look: str = "light", to: App | None = None) -> Visit:
        context = browser.new_context(**LOOKS[look], accept_downloads=True)
        context.set_default_timeout(SLOW)
        found = Visit(context.new_page(), context, to or app)

        def hear(request: Request) -> None:
            host = urlsplit(request.url)
            if host.scheme in ("http", "https", "ws", "wss") and host.netloc != f"127.0.0.1:{found.app.port}":
                found.outside.append(request.url)

        context.on("request", hear)
        context.on("page", lambda page: page.on("websocket", lambda ws: hear_socket(found, ws.url)))
        found.page.on("websocket", lambda ws: hear_socket(found, ws.url))
        found.page.on("pageerror", lambda error: found.faults.append(str(error)))
        made.append(found)
        return found

    yield new
    for one in made:
        one.context.close()
    assert [url for one in made for url in one.outside] == []
    assert [fault for one in made for fault in one.faults] == []


def hear_socket(visit: Visit, url: str) -> None:
    if urlsplit(url).netloc != f"127.0.0.1:{visit.app.port}":
        visit.outside.append(url)
