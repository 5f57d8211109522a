"""The commands as a page: docs/commands.md is written by `python -m liaison.cli.document`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"

INTRODUCTION = """# Commands

`python -m liaison COMMAND`. Everything that a page shows, a command prints. This page is written from the commands
themselves (`make commands`); `python -m liaison COMMAND --help` says the same.

- `--json`, before or after the command, prints one JSON object on standard output. Progress and messages go to
  standard error.
- Exit code 0: done. 1: refused, in one sentence with its remedy; with `--json`
  `{"error": {"message", "where", "remedy"}}`, and beside it the rejects and counts of a refused import. 2: the command
  was not understood. 70: a fault of Liaison, with a number that stands in `log/commands.log` of the home.
- `LIAISON_HOME` names the home, the folder that holds an instance; `data/local` unless set.
- Windows are months, both included.
"""


def page() -> str:
    """The whole page."""
    from liaison.cli.main import app

    group: Any = typer.main.get_command(app)
    return "\n".join([INTRODUCTION, *(line for command in group.commands.values() for line in _command(command))])


def _command(command: Any) -> Iterator[str]:
    sentence, _, example = command.help.partition("Example: ")
    options = [p for p in command.params if p.name != "help"]
    arguments = [p.metavar for p in options if p.param_type_name == "argument"]
    yield f"## {' '.join([command.name, *arguments])}"
    yield ""
    yield " ".join(sentence.replace("\b", "").split())
    yield ""
    yield f"```\n{example.strip()}\n```"
    yield ""
    if options:
        yield from ("| option | says |", "| --- | --- |")
        yield from (f"| {_written(option)} | {option.help} |" for option in options)
        yield ""


def _written(option: Any) -> str:
    if option.param_type_name == "argument":
        return f"`{option.metavar}`"
    value = "" if option.is_flag else f" {option.metavar}"
    return f"`{option.opts[0]}{value}`".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
