"""What scripts rely on: exit codes, one JSON object on stdout, words on stderr, help with an example."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from liaison.cli import document
from liaison.cli.main import app
from liaison.jobs.environment import ROOT
from tests.cli.conftest import Run

COMMANDS = """
    demo formats import export forget recount check backup restore serve audit outlines
    volume leakage funnel funnel-change stuck appointments rows practices practice shared provider changes
    could-come-home organisations organisation network places beside redraw
    rank forecast alerts route plan week drives calendar territories staffing goals
    roi report
    barrier barriers brief events feedback gifts introductions log materials my-day tasks team
    barriers barrier introductions
    rank roi forecast alerts route plan
    brief my-day team hand-over mail
    events tasks log export
    events tasks
    rank roi report forecast alerts route plan
    calendar
    calendar gifts materials campaigns
    calendar week
    events tasks gifts
    calendar week drives
    specialists
""".split()
GROUP = typer.main.get_command(app)


def test_every_command_of_the_contract_is_there_and_no_other() -> None:
    assert set(GROUP.commands) == set(COMMANDS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_sentence_and_an_example_that_can_be_typed(name: str) -> None:
    told = GROUP.commands[name].help  # type: ignore[attr-defined]
    first, example = told.split("\n")[0], told.split("Example: ")[1].split("\n")[0]
    assert first.endswith(".")
    assert f"python -m liaison {name}" in example


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_says_what_it_does(name: str) -> None:
    options = GROUP.commands[name].params  # type: ignore[attr-defined]
    assert [p.name for p in options if not p.help] == []
    assert [p.name for p in options if not p.metavar and not getattr(p, "is_flag", False)] == []


def test_every_command_is_documented_as_it_is() -> None:
    assert document.PAGE.read_text(encoding="utf-8") == document.page(), "run: make commands"


def test_help_loads_nothing_heavy() -> None:
    heavy = {"pandas", "duckdb", "pyarrow", "sqlalchemy", "sklearn", "scipy", "streamlit", "altair", "numba"}
    look = "import sys; from liaison.cli.main import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "leakage" in told.stdout
    assert {name.split(".")[0] for name in told.stderr.split()} & heavy == set()


def test_streamlit_is_never_loaded_for_a_command(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_HOME", str(own))
    look = (
        "import sys; from liaison.cli.main import main;"
        "codes = [main(c) for c in (['formats'], ['leakage', '--by', 'cause'], ['check'])];"
        "print(codes, [m for m in sys.modules if m.split('.')[0] in ('streamlit', 'altair')], file=sys.stderr)"
    )
    run = [sys.executable, "-c", look]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stderr.strip().endswith("[0, 0, 0] []")


@pytest.mark.parametrize("arguments", [["--json", "leakage", "--by", "cause"], ["leakage", "--by", "cause", "--json"]])
def test_json_may_stand_before_or_after_the_command(process: Run, arguments: list[str]) -> None:
    said = process(*arguments)
    assert said.code == 0
    assert set(said.json) >= {"window", "vintage", "coverage", "total", "rows"}
    assert set(said.json["total"]) >= {"numerator", "denominator", "unknown", "not_completed", "value"}


def test_a_refusal_is_exit_1_and_json_with_its_remedy(process: Run, own: Path) -> None:
    said = process("backup", str(own / "no" / "folder" / "x.zip"), "--json")
    assert said.code == 1
    assert set(said.json) == {"error"}
    assert set(said.json["error"]) == {"message", "where", "remedy"}
    assert said.json["error"]["message"].startswith("There is no folder")
    assert said.json["error"]["remedy"]


def test_a_refusal_without_json_is_one_sentence_on_stderr(process: Run, own: Path) -> None:
    said = process("restore", str(own / "missing.zip"))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("There is no file")
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["leak"],
        ["leakage", "--by", "weather"],
        ["leakage", "--from", "2026-13"],
        ["funnel", "--from", "2026-03", "--to", "2026-01"],
        ["volume", "--audience", "cms"],
        ["import", "referrals"],
        ["import", "referrals", "x.csv", "--as-of", "31.3.2026"],
        ["provider"],
    ],
)
def test_what_is_not_understood_is_exit_2(run: Run, arguments: list[str]) -> None:
    said = run(*arguments, "--json")
    assert (said.code, said.out) == (2, "")
    assert "Error" in said.err


def test_a_setting_that_cannot_be_read_is_named(run: Run) -> None:
    said = run("check", LIAISON_THREADS="many")
    assert said.code == 1
    assert said.err.startswith("LIAISON_THREADS cannot be read")


def test_a_store_that_does_not_answer_is_a_sentence(run: Run) -> None:
    said = run("check", "--json", LIAISON_STORE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert said.code == 1
    assert said.json["error"]["message"] == "The store does not answer."


def test_a_home_that_cannot_be_made_is_a_sentence(run: Run, own: Path) -> None:
    own.write_text("a file, no folder")
    said = run("check", "--json")
    assert said.code == 1
    assert "cannot be used" in said.json["error"]["message"]


def test_formats_have_their_fields(run: Run) -> None:
    formats = {f["name"]: f for f in run("formats", "--json").json["formats"]}
    assert set(formats["referrals"]) >= {"name", "title", "fields"}
    assert [f["name"] for f in formats["referrals"]["fields"]][:2] == ["referral_id", "created_on"]


def test_an_empty_home_has_empty_figures_and_no_fault(run: Run) -> None:
    for command in (["leakage"], ["funnel"], ["volume"], ["practices"], ["shared"]):
        said = run(*command, "--json")
        assert said.code == 0, (command, said.err)
        assert isinstance(said.json, dict)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example"])
def test_serve_keeps_to_this_machine(run: Run, host: str) -> None:
    said = run("serve", "--host", host, "--json")
    assert said.code == 1
    assert "nobody signs in" in said.json["error"]["message"]


def test_serve_goes_beyond_this_machine_where_a_proxy_signs_people_in(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = run("serve", "--host", "0.0.0.0", "--port", port, "--json", LIAISON_USER_HEADER="X-Forwarded-Email")
    assert said.json["error"]["message"] == f"Port {port} of 0.0.0.0 is in use."
