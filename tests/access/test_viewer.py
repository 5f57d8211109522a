"""No figure without a viewer, and a viewer held to a territory counts nothing beyond it."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from liaison.access import Viewer, owner, within_scope
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.facts.rollups import practice_month
from liaison.fieldwork import records
from liaison.metrics.filters import Filters
from liaison.metrics.funnel import funnel
from liaison.metrics.leakage import leakage
from liaison.store import writing
from liaison.vocabulary import Audience
from tests.facts.staged import enter

METRICS = Path("liaison/metrics")
UNSCOPED = {
    "recount.py": "counts the rollups that every viewer's figures are cut from",
    "registry.py": "reads the public register of providers, which holds no figure",
}
WEST, NOBODY = Viewer("w", frozenset({"west"})), Viewer("n", frozenset())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One referral of a practice in the west, two of one in the east, both of which went out of network."""
    opened = Home.open(Settings(home=tmp_path_factory.mktemp("scope")))
    with writing(opened.store) as connection:
        records.write(
            connection,
            "practices",
            [
                {"practice_id": "p1", "name": "Elm Street", "zip": "28801"},
                {"practice_id": "p2", "name": "Oak Hill", "zip": "28711"},
            ],
            actor="test",
        )
        parts = [
            {"territory_id": "west", "name": "West", "kind": "zip", "code": "28801"},
            {"territory_id": "east", "name": "East", "kind": "zip", "code": "28711"},
        ]
        records.write(connection, "territories", parts, actor="test")
    row = {"created_on": "2026-03-02", "network_status": "out"}
    rows = [
        {**row, "referral_id": "1", "referring_practice": "p1"},
        {**row, "referral_id": "2", "referring_practice": "p2"},
        {**row, "referral_id": "3", "referring_practice": "p2"},
    ]
    enter(opened, "b", "2026-04-02", rows)
    yield opened
    opened.close()


@pytest.mark.parametrize(("viewer", "expected"), [(owner(), 3), (WEST, 1), (NOBODY, 0)])
def test_leakage_counts_the_viewers_territories(home: Home, viewer: Viewer, expected: int) -> None:
    assert leakage(home.live(), viewer, Audience.inside, Filters()).total.denominator == expected


@pytest.mark.parametrize(("viewer", "expected"), [(owner(), 3), (WEST, 1), (NOBODY, 0)])
def test_funnel_counts_the_viewers_territories(home: Home, viewer: Viewer, expected: int) -> None:
    found = funnel(home.live(), viewer, Audience.inside, Filters())
    assert sum(s.reached or 0 for s in found.stages[:1]) == expected


def test_counts_from_the_facts_are_scoped_too(home: Home) -> None:
    """Payer and practice stand together in no rollup, so these are counted from the facts themselves."""
    asked = Filters(practice="p2", payer="(none)")
    assert leakage(home.live(), owner(), Audience.inside, asked).total.denominator == 2
    assert leakage(home.live(), WEST, Audience.inside, asked).total.denominator == 0


def test_funnel_by_payer_is_scoped_though_its_rollup_knows_no_place(home: Home) -> None:
    for viewer, expected in ((owner(), 3), (WEST, 1)):
        found = funnel(home.live(), viewer, Audience.inside, Filters(payer="(none)"))
        assert sum(s.reached or 0 for s in found.stages[:1]) == expected


def test_statement_without_a_viewer_is_refused() -> None:
    with pytest.raises(TypeError, match="Viewer"):
        within_scope(select(practice_month.c.rows), None, practice_month.c.territory)  # type: ignore[arg-type]


def test_source_without_a_territory_is_closed_to_a_held_viewer() -> None:
    statement = within_scope(select(practice_month.c.rows), WEST, None)
    assert "false" in str(statement).lower() or "0 = 1" in str(statement)


def _asking(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Functions that ask the live data for rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            asked = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            if asked & {"live.frame", "question.live.frame", "live.facts.frame", "engine.frame", "facts_frame"}:
                yield node


@pytest.mark.parametrize("file", sorted(METRICS.rglob("*.py")), ids=str)
def test_every_function_that_asks_cuts_to_scope(file: Path) -> None:
    """Counting for everybody (the rollups, and how names are spelled) is the only asking without a viewer."""
    if file.name in UNSCOPED:
        pytest.skip(UNSCOPED[file.name])
    for function in _asking(ast.parse(file.read_text())):
        body = ast.unparse(function)
        assert "restricted(" in body or "within_scope(" in body, f"{file}:{function.lineno} {function.name}"


def test_every_public_figure_takes_a_viewer_and_an_audience() -> None:
    for function in (leakage, funnel):
        names = list(inspect.signature(function).parameters)
        assert names[:3] == ["live", "viewer", "audience"]
