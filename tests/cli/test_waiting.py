"""What waits, as commands print it; printed lists of referrals are recorded."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_stuck_by_line_adds_up_to_the_total(run: Run, market: Path) -> None:
    by_stage = run("stuck", "--json", home=market).json
    found = run("stuck", "--by", "service_line", "--json", home=market).json
    assert found["by"] == "service_line"
    assert sum(r["open"] for r in found["rows"]) == found["total"]["open"] == by_stage["total"]["denominator"]
    assert sum(r["stuck"] for r in found["rows"]) == found["total"]["stuck"] == by_stage["total"]["numerator"]
    assert {"key", "label", "stuck", "open", "share", "low", "high", "created", "too_few"} == set(found["rows"][0])


def test_practices_are_counted_like_lines(run: Run, market: Path) -> None:
    lines, practices = (run("stuck", "--by", by, "--json", home=market).json for by in ("service_line", "practice"))
    assert practices["total"] == lines["total"]


def test_a_stage_without_rows_to_keep_it_to_is_not_understood(run: Run, market: Path) -> None:
    said = run("stuck", "--stage", "seen", home=market)
    assert said.code == 2
    assert "--by" in said.err


def test_rows_hold_ids_up_to_the_limit_and_say_how_many_there_are(run: Run, market: Path) -> None:
    found = run("rows", "--what", "out_of_network", "--limit", "5", "--json", home=market).json
    assert (len(found["rows"]), found["limit"], found["what"]) == (5, 5, "out_of_network")
    leaked = run("leakage", "--json", home=market).json["total"]["numerator"]
    assert found["total"] == leaked
    assert {r["network"] for r in found["rows"]} == {"Out of network"}
    assert all(r["referral_id"] and r["source"] == "clinic" for r in found["rows"])


def test_every_printed_list_is_recorded_without_ids(run: Run, market: Path) -> None:
    assert run("audit", "--json", home=market).json == {"entries": []}
    ids = [r["referral_id"] for r in run("rows", "--limit", "3", "--practice", "x", "--json", home=market).json["rows"]]
    assert ids == []
    printed = run("rows", "--what", "open", "--stage", "created", "--limit", "3", "--json", home=market).json
    newest, first = run("audit", "--json", home=market).json["entries"]
    assert (newest["actor"], newest["action"], newest["what"]) == ("owner", "printed", "open")
    assert (newest["filters"], newest["listed"], newest["total"]) == ({"stage": "created"}, 3, printed["total"])
    assert first["filters"] == {"practice": "x"}
    assert run("audit", "--to", "2020-01-01", "--json", home=market).json == {"entries": []}


def test_rows_do_not_leave_the_team(run: Run, market: Path) -> None:
    said = run("rows", "--audience", "outside", "--json", home=market)
    assert said.code == 1
    assert "inside the team only" in said.json["error"]["message"]
    assert run("audit", "--json", home=market).json == {"entries": []}


def test_two_windows_have_a_row_a_stage_and_window(run: Run, market: Path) -> None:
    asked = ["--from", "2026-03", "--to", "2026-03", "--before-from", "2026-02", "--before-to", "2026-02"]
    found = run("funnel-change", *asked, "--json", home=market).json
    assert (found["now"]["from"], found["before"]["to"], found["within_days"]) == ("2026-03", "2026-02", 30)
    created = [r["reached"] for r in found["stages"] if r["stage"] == "created"]
    assert created == [
        run("funnel", "--from", m, "--to", m, "--json", home=market).json["stages"][0]["reached"]
        for m in ("2026-02", "2026-03")
    ]
    assert run("funnel-change", "--before-from", "2026-03", "--before-to", "2026-02", home=market).code == 2


@pytest.mark.parametrize("command", ["stuck", "appointments", "rows"])
def test_each_prints_text_too(run: Run, market: Path, command: str) -> None:
    said = run(command, home=market)
    assert said.code == 0
    assert "vintage: 2026-05-0" in said.out or "vintage" in said.out
