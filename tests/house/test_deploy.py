"""The recipe for reaching an instance from outside: read by an independent reader of YAML, and held to its promises."""

import json
import re
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
import typst

from liaison.config import Settings
from tests.house.tree import ROOT

DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """compose.yaml as Typst reads it."""
    page = tmp_path_factory.mktemp("recipe") / "read.typ"
    page.write_text('#metadata(yaml("compose.yaml")) <found>', encoding="utf-8")
    (page.parent / "compose.yaml").write_bytes((DEPLOY / "compose.yaml").read_bytes())
    found = json.loads(typst.query(str(page), "<found>", field="value", one=True))
    assert isinstance(found, dict)
    return found


def test_only_the_proxy_with_tls_can_be_reached(recipe: dict[str, Any]) -> None:
    services = recipe["services"]
    assert set(services) == {"caddy", "oauth2-proxy", "liaison", "postgres"}
    assert {name for name, each in services.items() if "ports" in each} == {"caddy"}
    assert recipe["networks"]["inside"]["internal"] is True
    assert services["liaison"]["networks"] == services["postgres"]["networks"] == ["inside"]


def test_the_app_believes_the_address_that_signs_people_in_and_no_other(recipe: dict[str, Any]) -> None:
    services = recipe["services"]
    told, inside = services["liaison"]["environment"], recipe["networks"]["inside"]["ipam"]["config"][0]
    proxy = services["oauth2-proxy"]["networks"]["inside"]["ipv4_address"]
    assert (told["LIAISON_USER_HEADER"], told["LIAISON_TRUSTED_PROXIES"]) == ("X-Forwarded-Email", proxy)
    assert ip_address(proxy) in ip_network(inside["subnet"])
    assert ip_address(proxy) not in ip_network(inside["ip_range"])  # nobody else is given it by chance
    assert services["oauth2-proxy"]["environment"]["OAUTH2_PROXY_PASS_USER_HEADERS"] == "true"
    unknown = [name for name in told if name.removeprefix("LIAISON_").lower() not in Settings.model_fields]
    assert unknown == []


def test_mail_opens_a_way_out_for_the_app_alone_and_none_in() -> None:
    mail = (DEPLOY / "compose.mail.yaml").read_text(encoding="utf-8")
    assert "networks: [inside, outward]" in mail
    assert "ports:" not in mail
    told = [name.removeprefix("LIAISON_").lower() for name in re.findall(r"^      (LIAISON_\w+):", mail, re.MULTILINE)]
    assert [name for name in told if name not in Settings.model_fields] == []
    assert "mail_host" in told


def test_the_callers_own_header_is_taken_away() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "header_up -X-Forwarded-Email" in caddy
    assert "reverse_proxy oauth2-proxy:4180" in caddy
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"proxy_set_header X-Forwarded-Email +(\S+);", nginx) == ["$liaison_who"]


def test_images_are_pinned_and_secrets_stand_elsewhere(recipe: dict[str, Any]) -> None:
    images = [each["image"] for each in recipe["services"].values()]
    assert [image for image in images if not re.search(r":v?\d+\.\d+", image)] == []
    compose = "".join(file.read_text(encoding="utf-8") for file in sorted(DEPLOY.glob("compose*.yaml")))
    example = (DEPLOY / ".env.example").read_text(encoding="utf-8")
    given = dict(line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#"))
    assert set(given.values()) == {""}
    assert set(re.findall(r"(?<!\$)\$\{(\w+)", compose)) == set(given)
    secret = [line for line in compose.splitlines() if re.search("SECRET|PASSWORD(?!_FILE)", line) and "${" not in line]
    assert secret == []
