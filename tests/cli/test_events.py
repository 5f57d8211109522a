"""`events` and `tasks`: what was planned comes in by files, who came by a list; certificates and calendar go out."""

from pathlib import Path

import vobject
from pypdf import PdfReader

from tests.cli.conftest import Run

FILES = {
    "practices": "practice_id,name,do_not_visit\nP1,Elm Street,\nP2,Oak Hill,\nP3,Birch Lane,true\n",
    "people": "person_id,name\nann,Ann Lee\n",
    "contacts": "practice_id,name\nP1,Jane Roe\nP2,Mia Fox\n",
    "events": (
        "event_id,kind,title,starts_at,zone,person_id,minutes,capacity,cost\n"
        "E1,grand_rounds,Tremor,2026-10-01T07:30,America/Chicago,ann,60,1,100\n"
        "E2,grand_rounds,Tremor,2026-10-01T25:30,America/Chicago,ann,60,,\n"
    ),
}


def test_an_event_from_its_files_to_its_certificates(run: Run, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text)
        said = run("import", name, str(tmp_path / f"{name}.csv"), "--allow-rejects", "--json").json
        assert said["rows_rejected"] == (1 if name == "events" else 0)
    assert said["rejects"][0]["column"] == "starts_at"
    assert run("events", "E1", "--invite", "--json").json["invited"] == 2  # Birch Lane asked not to be visited
    (tmp_path / "came.txt").write_text("Roe, Jane\nMia Fox, Oak Hill\nJane Row\n")
    pdf, ics = tmp_path / "certificates.pdf", tmp_path / "event.ics"
    files = ("--certificates", str(pdf), "--ics", str(ics))
    told = run("events", "E1", "--attend", str(tmp_path / "came.txt"), *files, "--json").json
    assert (told["recorded"], told["already"], told["to_decide"][0]["could_be"]) == (2, 0, ["Jane Roe, Elm Street"])
    assert told["event"]["over_capacity"] is True
    assert (told["event"]["cost_each"], [one["practice"] for one in told["attendance"]]) == (
        50.0,
        ["Elm Street", "Oak Hill"],
    )
    assert len(PdfReader(pdf).pages) == 2
    assert vobject.readOne(ics.read_text()).vevent.summary.value == "Tremor"
    assert run("practice", "P1", "--json").json["touches"][0]["visit_id"] == "event:E1:P1"
    refused = run("events", "E1", "--credit", str(pdf), "--json")
    assert (refused.code, "accreditation statement" in refused.json["error"]["message"]) == (1, True)
    assert (
        run("events", "E1", "--follow-up", "Send the slides", "--due", "2026-10-05", "--json").json["tasks_made"] == 2
    )
    rows = run("tasks", "--liaison", "ann", "--json").json["rows"]
    assert [(row["what"], row["practice"]) for row in rows] == [
        ("Send the slides", "Elm Street"),
        ("Send the slides", "Oak Hill"),
    ]
    left = run("tasks", "--done", rows[0]["task_id"], "--json").json["rows"]
    assert [row["practice"] for row in left] == ["Oak Hill"]
    assert run("tasks", "--done", rows[0]["task_id"], "--json").code == 1
    assert "Send the slides" in run("events", "E1").out
    assert [row["event_id"] for row in run("events", "--json").json["rows"]] == ["E1"]
