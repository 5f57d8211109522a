"""`serve` behind a proxy that signs people in: over a real line, from its address and from another one.

The proxy is 127.0.0.2; a colleague's program on the same machine is 127.0.0.1 and is not believed.
"""

import getpass
import http.client
import json
import os
import shutil
import ssl
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from liaison import fieldwork
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import history_of
from liaison.store import reading, writing
from tests.cli.test_serve import free_port, served
from tests.house.tree import ROOT

HEADER = "X-Forwarded-Email"
ANN, BO, STRANGER = "ann@clinic.example", "bo@clinic.example", "<b>eve</b>@elsewhere.example"
PROXY, ANOTHER = "127.0.0.2", "127.0.0.1"
VISIT = {"id": "q-0123456789abcdef01234567", "home": "own", "person_id": "L1", "practice_id": "P1"}
VISIT |= {"date": "2026-11-30", "channel": "in_person"}
Answer = tuple[int, str]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    found = Home.open(Settings(home=tmp_path_factory.mktemp("signed-in") / "own"))
    with writing(found.store) as conn:
        people = [
            {"person_id": "L1", "name": "Ann", "email": ANN},
            {"person_id": "L2", "name": "Bo", "email": BO.upper()},
        ]
        fieldwork.write(conn, "people", people, "test")
        fieldwork.write(conn, "practices", [{"practice_id": "P1", "name": "Elm St", "city": "Boone"}], "test")
    yield found
    found.close()


@pytest.fixture(scope="module")
def port(team: Home) -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "LIAISON_USER_HEADER", HEADER)
        patch.setitem(os.environ, "LIAISON_TRUSTED_PROXIES", PROXY)
        number = free_port()
        with served(team.path, number):
            yield number


def ask(port: int, path: str, *emails: str, peer: str = PROXY, body: Any = None, **more: str) -> Answer:
    """Status and text of one request from an address."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(peer, 0))
    line.putrequest("GET" if body is None else "POST", path)
    for email in emails:
        line.putheader(HEADER, email)
    sent = b"" if body is None else json.dumps(body).encode()
    told = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}", "Content-Length": str(len(sent))}
    for name, value in (more if body is None else told | more).items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders(sent or None)
    answer = line.getresponse()
    found = answer.status, answer.read().decode()
    line.close()
    return found


def test_whom_the_proxy_names_gets_in_and_is_preselected(port: int) -> None:
    assert ask(port, "/", ANN)[0] == 200
    status, said = ask(port, "/quick/people?home=own", BO)
    assert (status, json.loads(said)["me"]) == (200, "L2")


@pytest.mark.audit
def test_the_recipe_for_nginx_signs_people_in_and_drops_what_the_caller_wrote(team: Home, tmp_path: Path) -> None:
    """The file of `deploy/` itself, with other places and ports, in front of the app as it is served."""
    if shutil.which("nginx") is None:
        pytest.skip("No nginx here.")
    app, outside = free_port(), free_port()
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split()
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", "liaison.key", "-out", "liaison.crt"]
    subprocess.run(["openssl", *asked, *files], cwd=tmp_path, check=True, capture_output=True)
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "pw"], check=True, capture_output=True, text=True).stdout
    (tmp_path / "liaison.users").write_text("".join(f"{who}:{hashed.strip()}\n" for who in (ANN, "eve@clinic.example")))
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for here, there in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443", f"listen 127.0.0.1:{outside}"),
        ("liaison.example.org", "localhost"),
        ("/var/log/nginx", str(tmp_path)),
        ("/etc/nginx", str(tmp_path)),
        ("127.0.0.1:8501", f"127.0.0.1:{app}"),
    ):
        assert here in site
        site = site.replace(here, there)
    places = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in ("client_body", "proxy"))
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    top = f"{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}"
    (tmp_path / "nginx.conf").write_text(f"{top}\nhttp {{ access_log off; {places}\n{site} }}")
    trust = ssl.create_default_context(cafile=str(tmp_path / "liaison.crt"))

    def get(path: str, who: str | None = None, says: str | None = None) -> Answer:
        line = http.client.HTTPSConnection("localhost", outside, timeout=30, context=trust)
        key = {"Authorization": f"Basic {b64encode(f'{who}:pw'.encode()).decode()}"} if who else {}
        line.request("GET", path, headers=key | ({HEADER: says} if says else {}))
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIAISON_USER_HEADER", HEADER)
        patch.setenv("LIAISON_TRUSTED_PROXIES", "127.0.0.1")
        with served(team.path, app), subprocess.Popen(["nginx", "-c", str(tmp_path / "nginx.conf")]) as proxy:
            try:
                time.sleep(1)
                assert json.loads(get("/quick/people?home=own", ANN)[1])["me"] == "L1"
                assert json.loads(get("/quick/people?home=own", ANN, says=BO)[1])["me"] == "L1"
                assert get("/", says=ANN)[0] == 401
                status, said = get("/", "eve@clinic.example", says=ANN)
                assert (status, "nobody on the team has this address" in said) == (403, True)
                assert get("/health", ANN)[0] == 404
                assert get("/calendar/unknown.ics", says=ANN)[0] == 404
                assert get("/quick/../calendar/x.ics", says=ANN)[0] in (403, 404)
                assert get("/calendar/x.ics/../../", says=ANN)[0] == 401
            finally:
                proxy.terminate()


def test_somebody_without_a_record_gets_a_plain_page(port: int) -> None:
    status, said = ask(port, "/quick", STRANGER)
    assert status == 403
    assert "Not on the team" in said
    assert "&lt;b&gt;eve&lt;/b&gt;@elsewhere.example" in said
    assert ask(port, "/")[0] == 403  # the proxy names nobody
    assert ask(port, "/", BO, ANN)[0] == 403  # one of the two is the caller's own
    assert ask(port, "/quick/visits", STRANGER, body=VISIT)[0] == 403


def test_the_header_is_ignored_from_any_other_address(port: int) -> None:
    for path in ("/", "/quick", "/quick/people?home=own", "/_stcore/health", "/media/a.csv", "/app/static/mark.svg"):
        assert ask(port, path, ANN, peer=ANOTHER)[0] == 403, path
    assert ask(port, "/", ANN, peer=ANOTHER, X_Forwarded_For=PROXY, Forwarded=f"for={PROXY}")[0] == 403
    # A proxy's own word on where a request came from does not take its trust away.
    assert ask(port, "/", ANN, X_Forwarded_For="203.0.113.9")[0] == 200


def test_a_supervisor_and_calendars_need_no_sign_in(port: int) -> None:
    assert ask(port, "/health", peer=ANOTHER)[0] == 200
    assert ask(port, "/calendar/nobody.ics", peer=ANOTHER) == (404, "Not found")
    assert ask(port, "/calendar/../quick/a.ics", peer=ANOTHER)[0] == 403


def test_what_is_written_carries_the_name_of_who_is_signed_in(port: int, team: Home) -> None:
    assert ask(port, "/quick/visits", BO, body=VISIT)[0] == 200  # Bo logs a visit of Ann's
    with reading(team.store) as conn:
        assert [each.actor for each in history_of(conn, "visits", VISIT["id"])] == ["Bo"]


def line(port: int, email: str, peer: str) -> ClientConnection:
    """A page's line, as a browser opens it."""
    about: dict[str, Any] = {"additional_headers": {HEADER: email}, "subprotocols": ["streamlit"], "max_size": None}
    return connect(f"ws://127.0.0.1:{port}/_stcore/stream", source_address=(peer, 0), proxy=None, **about)


@pytest.mark.parametrize(("email", "peer"), [(STRANGER, PROXY), (ANN, ANOTHER)])
def test_a_page_has_no_line_for_others(port: int, email: str, peer: str) -> None:
    with pytest.raises(InvalidStatus) as refused, line(port, email, peer):
        pass
    assert refused.value.response.status_code == 403


def opened_for(port: int, email: str) -> str:
    """Whose day the page My day opens."""
    with line(port, email, PROXY) as page:
        asked = BackMsg()
        asked.rerun_script.query_string = "home=own"
        asked.rerun_script.page_name = "my-day"
        page.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(page.recv(30, decode=False))
            if told.HasField("delta") and told.delta.new_element.HasField("selectbox"):
                field = told.delta.new_element.selectbox
                if field.label == "Liaison":
                    return str(field.raw_value or field.options[field.default])
            assert told.WhichOneof("type") != "script_finished", "the page has no such field"


def test_a_page_opens_for_who_is_signed_in(port: int) -> None:
    assert [opened_for(port, each) for each in (ANN, BO)] == ["Ann", "Bo"]
