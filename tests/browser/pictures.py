"""Pictures of the pages: the best go into README and docs, all of them are for looking at before something is done.

python -m tests.browser.pictures                     # the ones that documents show, over the demo market
python -m tests.browser.pictures --every FOLDER      # each page in each state, size and theme
"""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from liaison.config import Settings
from liaison.demo.build import build
from liaison.facts.home import Home
from liaison.jobs import effected
from liaison.jobs.ranked import bring_up_to_date
from liaison.planning.stored.made import plan_everybody
from tests.browser.conftest import LOOKS, ROOT, App, Visit
from tests.house.chromium import ARGUMENTS, find

SHOWN = ROOT / "docs" / "pictures"
IN_DOCS = {
    "overview": "/",
    "territories": "/territories",
    "leakage": "/leakage",
    "funnel": "/funnel",
    "practice": "/practice?practice=P0016",
    "organisation": "/organisations?organisation=northgate",
    "next-visits": "/next-visits",
    "routes": "/routes",
    "log": "/log?practice=P0016&liaison=L1",
    "how-good": "/how-good",
    "effect": "/effect",
    "summary": "/summary",
    "data": "/data",
}
PAGES = IN_DOCS | {"practices": "/practice", "organisations": "/organisations", "network": "/network"}
# Full, one practice, nothing; the suppressed state is another instance (LIAISON_AUDIENCE=outside).
STATES = {"full": "", "one": "territory=T5&line=neurology&type=urgentcare", "nothing": "window=2020-01_2020-02"}
WIDE = {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}
LONGEST = 5_000  # px: a page is shot as a whole, up to here


@contextmanager
def market(home: Path | None) -> Iterator[Path]:
    """The demo market, as big as people first see it, unless a home of it is given."""
    if home:
        yield home
        return
    with TemporaryDirectory() as folder:
        opened = Home.open(Settings(home=Path(folder) / "demo"))
        build(opened)
        bring_up_to_date(opened, lambda share, words: None)
        effected.bring_up_to_date(opened, lambda share, words: None)
        plan_everybody(opened, actor="owner")
        opened.close()
        yield Path(folder) / "demo"


def shoot(browser: Browser, app: App, path: str, look: Mapping[str, Any], file: Path) -> None:
    """The whole page once nothing moves any more."""
    context = browser.new_context(**look)
    context.set_default_timeout(60_000)
    seen = Visit(context.new_page(), context, app)
    page = seen.open(path)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(int(height) + 40, LONGEST)})  # type: ignore[index]
    seen.settle()
    page.wait_for_timeout(2_500)  # maps draw without telling
    page.screenshot(path=file)
    context.close()


def quick(browser: Browser, demo: Path, own: Path, file: Path) -> None:
    """The quick log on a phone, half filled in; only `serve` has it."""
    app = App(own, demo, command=("-m", "liaison", "serve")).start()
    page = browser.new_context(**LOOKS["phone"]).new_page()
    page.goto(app.url("/quick?home=demo"))
    page.get_by_label("Who is logging").select_option("L1")
    page.locator("#found button").first.tap()
    page.get_by_label("Follow up").tap()
    page.get_by_label("Met the manager").tap()
    page.wait_for_timeout(500)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=file)
    app.stop()


def every(browser: Browser, app: App, folder: Path, only: str) -> None:
    """Page x state x look, named so that they sort beside each other."""
    for name, path in PAGES.items():
        for state, query in STATES.items():
            for look, options in LOOKS.items():
                if only in name:
                    address = f"{path}{'&' if '?' in path else '?'}{query}" if query else path
                    shoot(browser, app, address, options, folder / f"{name}-{state}-{look}.png")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=Path, help="a folder for all of them")
    options.add_argument("--only", default="", help="part of a page's name")
    options.add_argument("--home", type=Path, help="a home that holds the demo market already")
    asked = options.parse_args()
    with market(asked.home) as demo, TemporaryDirectory() as own, sync_playwright() as playwright:
        app = App(Path(own), demo).start()
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        try:
            if asked.every:
                asked.every.mkdir(parents=True, exist_ok=True)
                every(browser, app, asked.every, asked.only)
            else:
                for name, path in IN_DOCS.items():
                    if asked.only in name:
                        shoot(browser, app, path, WIDE, SHOWN / f"{name}.png")
                if asked.only in "quick-log":
                    quick(browser, demo, Path(own), SHOWN / "quick-log.png")
        finally:
            browser.close()
            app.stop()


if __name__ == "__main__":
    main()
