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


def test_feedback_is_told_with_its_intervals_and_the_form_is_printed(run: Run, tmp_path: Path) -> None:
    answers = "".join(f"F{i},P1,2026-10-0{i + 1},{5 - i % 2},9,\n" for i in range(6))
    files = {
        "practices": "practice_id,name\nP1,Elm Street\n",
        "feedback": f"feedback_id,practice_id,date,ease,recommend,comment\n{answers}F9,P1,2026-10-01,,,\n",
        "mentions": "mention_id,tag,text,date,practice_id\nM1,access,Six weeks for an EEG,2026-10-02,P1\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
        said = run("import", name, str(tmp_path / f"{name}.csv"), "--allow-rejects", "--json").json
        assert said["rows_rejected"] == (1 if name == "feedback" else 0)
    told = run("feedback", "--json").json
    assert told["headline"] == "6 answers of 1 practice: promoters less detractors +100 (+22 to +100)"
    assert (told["total"]["ease"]["good"], told["by_practice"][0]["n"]) == (6, 6)
    assert told["themes"][0]["by_quarter"] == [{"quarter": "2026-Q4", "n": 1}]
    assert run("feedback", "--find", "MRI", "--json").json["mentions"] == []
    outside = run("feedback", "--audience", "outside", "--json").json
    assert outside["total"]["too_few"] is True
    assert "mentions" not in outside
    assert run("feedback", "--form", str(tmp_path / "form.pdf"), "--json").code == 0
    assert "Howeasyisittoreferapatienttous?" in "".join(
        PdfReader(tmp_path / "form.pdf").pages[0].extract_text().split()
    )


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
