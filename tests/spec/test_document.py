"""docs/metrics.md says what the code counts."""

import ast
from importlib import import_module
from pkgutil import iter_modules

import pytest

from liaison.metrics import definitions
from liaison.metrics.definitions import METRICS, Metric
from tests.house.tree import LIAISON, parsed, python_files
from tests.spec.document import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Write it anew: python -m tests.spec.document"


def test_every_definition_in_the_folder_is_registered() -> None:
    made = {
        value.name
        for module in iter_modules(definitions.__path__)
        for value in vars(import_module(f"{definitions.__name__}.{module.name}")).values()
        if isinstance(value, Metric)
    }
    assert made == set(METRICS)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.name)
def test_every_metric_has_its_papers(metric: Metric) -> None:
    for text in (metric.title, metric.says, metric.why, metric.source, metric.checked_by):
        assert text.strip()
    assert metric.says.endswith(".")
    assert metric.why.endswith(".")
    assert metric.rules
    assert f"### {metric.title}\n\n{metric.says}" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.name)
def test_every_metric_is_made_by_some_function(metric: Metric) -> None:
    """Some module outside the definitions takes this one in and uses it, or names it for a figure."""
    assert [
        path.name
        for path in python_files(str((LIAISON / "metrics").relative_to(LIAISON.parent)))
        if path.parent.name != "definitions" and metric.name in _asked_for(parsed(path))
    ]


def _asked_for(tree: ast.Module) -> set[str]:
    """Names of definitions that a module imports and uses."""
    taken: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(definitions.__name__):
            taken |= {alias.asname or alias.name: alias.name for alias in node.names}
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return {name for own, name in taken.items() if own in used}


def test_two_metrics_of_one_name_are_refused() -> None:
    leakage = METRICS["leakage"]
    with pytest.raises(ValueError, match="leakage"):
        Metric("leakage", leakage.title, leakage.says, leakage.why, leakage.source)
    assert METRICS["leakage"] is leakage
