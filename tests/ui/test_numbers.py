"""The tiles and tables of every page against the commands' answers to the same question."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from liaison.cli.main import main

App = Callable[..., AppTest]
Json = dict[str, Any]
ORGANISATION, PRACTICE = "northgate", "P0002"


@dataclass(frozen=True)
class Asked:
    """One question: as a page's address carries it, and as the command line does."""

    page: dict[str, str]
    command: tuple[str, ...]


WITHOUT = Asked({}, ("--from", "2025-11"))
WITH = Asked(
    {"line": "cardiology", "territory": "T2", "window": "2025-07_2026-06"},
    ("--service-line", "cardiology", "--territory", "T2", "--from", "2025-07", "--to", "2026-06"),
)
QUESTIONS = pytest.mark.parametrize("asked", [WITHOUT, WITH], ids=["no filter", "line, territory, months"])


@pytest.fixture
def told(small_market: Path, app: App, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Json]:
    """What a command answers about the market that the pages show."""

    def run(*arguments: str) -> Json:
        said = io.StringIO()
        with monkeypatch.context() as patch, redirect_stdout(said):
            patch.setenv("LIAISON_HOME", str(small_market))
            assert main([*arguments, "--json"]) == 0, said.getvalue()
        found: Json = json.loads(said.getvalue())
        return found

    return run


def opened(test: AppTest, page: str, **params: str) -> AppTest:
    """A page in this session, as a link with these parameters opens it."""
    for name in list(test.query_params):
        del test.query_params[name]
    for name, value in params.items():
        test.query_params[name] = value
    test.switch_page(page).run() if page else test.run()
    assert not test.exception
    return test


def tiles(test: AppTest, page: str, **params: str) -> dict[str, str]:
    return {metric.label: metric.value for metric in opened(test, page, **params).metric}


def share(part: int, whole: int) -> str:
    """As people read a share: whole per cent from ten on, one decimal below; a 0 is a 0."""
    if not whole:
        return "not known"
    value = 100 * part / whole
    return f"{value:.0f}%" if part == 0 or value >= 9.95 else f"{value:.1f}%"


def leakage_tiles(total: Json, stuck: Json) -> tuple[dict[str, str], dict[str, str]]:
    """The leakage page's tiles, and those that the Overview shares with it."""
    out, known, unknown = total["numerator"], total["denominator"], total["unknown"]
    both = {"Leakage": share(out, known), "Destination unknown": share(unknown, known + unknown)}
    counts = {"Went out of network": f"{out:,}", "Kept by us": f"{known - out:,}"}
    return both | counts, both | {"Stuck referrals": f"{stuck['numerator']:,}"}


@QUESTIONS
def test_overview_leakage_and_funnel_show_what_the_commands_count(
    app: App, told: Callable[..., Json], asked: Asked
) -> None:
    session = app()
    total, stuck = (told(name, *asked.command)["total"] for name in ("leakage", "stuck"))
    lost, over = leakage_tiles(total, stuck)
    shown = tiles(session, "", **asked.page)
    assert shown == over | {"Referrals": f"{told('volume', *asked.command)['total']:,}"}
    assert tiles(session, "pages/see/leakage.py", **asked.page) == lost
    stages = {s["stage"]: s["reached"] for s in told("funnel", *asked.command)["stages"]}
    assert tiles(session, "pages/see/funnel.py", **asked.page) == {
        "Referrals created": f"{stages['created']:,}",
        "Seen so far": share(stages["seen"], stages["created"]),
        "Loop closed": share(stages["loop_closed"], stages["created"]),
        "Stuck referrals": f"{stuck['numerator']:,}",
    }


@QUESTIONS
def test_an_organisation_and_a_practice_show_what_the_commands_count(
    app: App, told: Callable[..., Json], asked: Asked
) -> None:
    session = app("pages/see/organisations.py")
    one = told("organisation", ORGANISATION, *asked.command)
    taken, known, lost = one["total"]["numerator"], one["total"]["denominator"], one["of_lost"]["denominator"]
    blank = sum(c["numerator"] for c in one["causes"] if c["key"] == "(none)")
    assert tiles(session, "pages/see/organisations.py", organisation=ORGANISATION, **asked.page) == {
        "Referrals taken": f"{taken:,}",
        "Share of what is lost": share(taken, lost),
        "Share of known destinations": share(taken, known),
        "Reason not recorded": share(blank, taken),
    }
    # A practice lies in one territory: the page shows that filter off, the command refuses it.
    story = told("practice", PRACTICE, *(a for a in asked.command if a not in ("--territory", "T2")))
    total = story["leakage"]["total"]
    assert tiles(session, "pages/see/practice.py", practice=PRACTICE, **asked.page) == {
        "Referrals": f"{story['referrals']:,}",
        "Leakage": share(total["numerator"], total["denominator"]),
        "Went elsewhere": f"{total['numerator']:,}",
        "Months with a referral": f"{story['active_months']} of 6",
    }


def test_the_tables_of_territories_hold_the_rows_of_places(app: App, told: Callable[..., Json]) -> None:
    session, params = app(), {n: v for n, v in WITH.page.items() if n != "territory"}
    for by in ("county", "zip", "territory"):
        found = told("places", "--by", by, *(a for a in WITH.command if a not in ("--territory", "T2")))
        page = opened(session, "pages/see/territories.py", by=by, **params)
        table = next(t.value for t in page.dataframe if {"label", "numerator", "value"} <= set(t.value.columns))
        rows = {r["label"]: (r["numerator"], r["value"]) for r in found["rows"] if r["denominator"]}
        shown = {label: (n, v) for label, n, v in table[["label", "numerator", "value"]].itertuples(index=False)}
        assert len(rows) > 3
        assert {label: shown[label][0] for label in rows} == {label: n for label, (n, _) in rows.items()}
        assert [shown[label][1] / 100 for label in rows] == pytest.approx([v for _, v in rows.values()])
        assert sum(n for n, _ in rows.values()) == found["total"]["numerator"]
