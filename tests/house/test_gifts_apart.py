"""The gift ledger stands alone: what ranks, plans, counts, reports or tells of a practice cannot see it."""

import ast

from tests.house.tree import parsed, python_files, shown

LEDGER = {"liaison.fieldwork.gifts", "liaison.fieldwork.gift_ledger", "liaison.fieldwork.gift_words"}
TABLES = {"gift", "gift_limit"}
PAPER = "liaison/reports/gift_audit.py"
FICTION = "liaison/demo/field/gifts.py"  # what fills the demo market's ledger
# The ledger itself, its page, its command and its paper.
MAY = ("liaison/fieldwork/gift", "liaison/store/tables/", "liaison/ui/gifts/", "liaison/cli/gifts.py", PAPER, FICTION)
REGISTER = "liaison/fieldwork/kinds.py"  # names the kinds of record, shows none


def test_nothing_else_imports_the_ledger_or_its_tables() -> None:
    found = set()
    for path in python_files("app.py", "liaison", "pages"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                names = {alias.name for alias in node.names}
                parts = LEDGER & {module, *(f"{module}.{name}" for name in names)}
                if parts or (module.startswith("liaison.store.tables") and names & TABLES):
                    found.add(shown(path))
            elif isinstance(node, ast.Import) and {alias.name for alias in node.names} & LEDGER:
                found.add(shown(path))
    assert {name for name in found if not name.startswith(MAY)} == {REGISTER}
    assert "liaison/cli/gifts.py" in found


def test_nobody_asks_for_the_ledger_by_its_name_as_a_kind_of_record() -> None:
    """`frame(conn, "gifts")` would read it without an import."""
    found = {
        shown(path)
        for path in python_files("app.py", "liaison", "pages")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and node.value in ("gifts", "gift_limits")
    }
    pages = {"liaison/ui/entries.py", "liaison/cli/gifts.py", FICTION}  # the page's address, the command's name
    assert {name for name in found if not name.startswith(("liaison/fieldwork/gift", "liaison/ui/gifts/"))} <= pages


def test_the_auditors_paper_knows_the_ledger_and_nothing_that_counts_or_ranks() -> None:
    (path,) = python_files(PAPER)
    ours = {str(n.module) for n in ast.walk(parsed(path)) if isinstance(n, ast.ImportFrom) and n.module}
    ours = {name for name in ours if name.startswith("liaison")}
    means = {"liaison.reports.export", "liaison.reports.paper", "liaison.vocabulary"}
    assert ours - means <= LEDGER
