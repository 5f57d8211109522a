"""The app as a process: Streamlit's ASGI app under uvicorn, and the worker beside it."""

import ipaddress
import os
import socket
import sys
from typing import NoReturn

from liaison.cli.options import opened_home
from liaison.cli.show import as_json, say, show
from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.jobs import worker
from liaison.jobs.environment import ROOT, environment
from liaison.jobs.first import ask_for_first_estimate


def replace_by_server(host: str, port: int) -> NoReturn:
    """This process becomes the server, so that whoever stops the one stops the other.

    Raises LiaisonError for a host that others could reach while nobody signs in, and for a port that is taken.
    """
    if not Settings().user_header:
        _must_be_loopback(host)
    _must_be_free(host, port)
    with opened_home() as home:
        ask_for_first_estimate(home)
        worker.ensure(home)
        variables = environment(home.settings)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if as_json.get():
        show({"url": address})
        sys.stdout.flush()
    else:
        say(f"Liaison is at {address}. Stop it with Ctrl+C.")
    os.chdir(ROOT)
    uvicorn = ["-m", "uvicorn", "liaison.ui.asgi:app", "--host", host, "--port", str(port)]
    quiet = ["--log-level", "warning", "--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "3"]
    quiet += ["--ws-per-message-deflate", "false"]  # as Streamlit's own server: it costs more than it saves
    quiet += ["--no-proxy-headers"]  # else a proxy's word replaces the address that it is trusted by
    os.execve(sys.executable, [sys.executable, *uvicorn, *quiet], variables)  # noqa: S606  there is no shell to start


def _must_be_loopback(host: str) -> None:
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise LiaisonError(
            f"{host} can be reached from other machines, and nobody signs in to this instance.",
            remedy="Serve on 127.0.0.1, or let a proxy sign people in and name its header: LIAISON_USER_HEADER.",
        )


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise LiaisonError(
                f"Port {port} of {host} is in use.", remedy=f"Name another: --port {port + 1}."
            ) from taken
