"""The command of campaigns plans one, freezes its list once, makes tasks and says whether it can tell anything."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_campaign_is_planned_frozen_once_and_its_tasks_made(run: Run, tmp_path: Path) -> None:
    for name, text in (
        ("practices", "practice_id,name\n" + "".join(f"P{n},Place {n}\n" for n in range(8))),
        ("people", "person_id,name\nL1,Ann Lee\n"),
    ):
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        assert run("import", name, str(file)).code == 0
    ids = tmp_path / "ids.txt"
    ids.write_text("\n".join(f"P{n}" for n in range(8)), encoding="utf-8")
    plan = ("campaigns", "--plan", "Stroke clinic", "--owner", "L1", "--starts", "2099-01-10", "--seed", "7")
    made = run(*plan, "--freeze", str(ids), "--introduce", "--brief", "Front desk", "--json").json
    row = made["rows"][0]
    assert (made["frozen"], made["tasks"]) == ({"targets": 6, "kept_aside": 2, "unwelcome": 0}, 6)
    assert (row["seed"], row["introduced"], len(row["targets"]), len(row["aside"])) == ("7", 0, 6, 2)
    assert row["says"].startswith("6 targets and 2 kept aside: too few for a number")
    assert row["briefed"][0]["audience"] == "Front desk"
    again = run("campaigns", "--campaign", row["campaign_id"], "--freeze", str(ids), "--json")
    assert (again.code, "was frozen on" in again.json["error"]["message"]) == (1, True)
    assert run("campaigns", "--introduce", "--json").code == 1
