"""Who started a worker: it stays for as long as one of them lives, and ends by itself when idle after that."""

import socket
from pathlib import Path

import psutil

from liaison.facts.home import Home


def register(home: Home) -> None:
    """Count this process among those that want a worker."""
    _folder(home).mkdir(parents=True, exist_ok=True)
    (_folder(home) / _name(psutil.Process())).touch()


def any_alive(home: Home) -> bool:
    """Whether a process that registered on this machine still runs; forgets the others."""
    alive = False
    for file in _folder(home).glob("*"):
        if _runs(file.name):
            alive = True
        else:
            file.unlink(missing_ok=True)
    return alive


def _runs(name: str) -> bool:
    number = name.rsplit("-", 2)[-2]
    try:
        # A process number comes round again; with its time of birth it does not.
        return number.isdigit() and _name(psutil.Process(int(number))) == name
    except psutil.NoSuchProcess:
        return False


def _name(process: psutil.Process) -> str:
    return f"{socket.gethostname()}-{process.pid}-{int(process.create_time() * 100)}"


def _folder(home: Home) -> Path:
    return home.path / "worker" / "starters"
