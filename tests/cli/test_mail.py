"""The command `mail`: what would go to whom, without sending; and a sentence where no mail is sent."""

from pathlib import Path

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.store import writing
from tests.cli.conftest import Run

PEOPLE = (("L1", "Ann Lee", "ann@team.example", ""), ("L2", "Bo Ray", "", ""), ("L3", "Cy Fox", "cy@x.example", "none"))


def test_a_dry_run_prints_each_mail_and_who_cannot_get_one(run: Run, own: Path) -> None:
    home = Home.open(Settings(home=own))
    with writing(home.store) as conn:
        rows = [dict(zip(("person_id", "name", "email", "mail"), one, strict=True)) for one in PEOPLE]
        fieldwork.write(conn, "people", rows, "test")
        tasks = [
            {"task_id": f"T-{one[0]}", "person_id": one[0], "what": "Call", "due_on": "2026-01-05"} for one in PEOPLE
        ]
        fieldwork.write(conn, "tasks", tasks, "test")
    home.close()
    off = run("mail", "--json")
    assert (off.code, off.json["error"]["message"]) == (1, "This instance sends no mail.")
    server = {"LIAISON_MAIL_HOST": "127.0.0.1", "LIAISON_MAIL_PORT": "9", "LIAISON_MAIL_FROM": "liaison@team.example"}
    said = run("mail", "--dry-run", "--json", **server).json
    assert [(row["to"], row["address"], row["kind"]) for row in said["rows"]] == [
        ("L1", "ann@team.example", "digest"),
        ("L2", None, "digest"),
    ]
    assert "OVERDUE: 1\n- Task: Call" in said["rows"][0]["text"]
    assert said["wrong"] == [
        "Without a usable e-mail address on record, and so without mail: Bo Ray. Data, Records, People has them."
    ]
    trial = run("mail", "--test", "ops@team.example", "--json", **server)
    assert trial.code == 1
    assert trial.json["error"]["message"].startswith("The mail server 127.0.0.1:9 cannot be spoken to")
