"""Whose word about who is signed in counts: that of listed addresses, said once, and only where it is asked for."""

import pytest

from liaison.access.proxied import signed_in_as
from liaison.config import Settings
from liaison.errors import LiaisonError

ANN = "ann@clinic.example"
PROXY = Settings(user_header="X-Forwarded-Email", trusted_proxies="10.0.4.0/28, 192.0.2.7,::1")


@pytest.mark.parametrize(
    ("peer", "values", "expected"),
    [
        ("192.0.2.7", [ANN], ANN),
        ("192.0.2.7", [f" {ANN} "], ANN),
        ("10.0.4.15", [ANN], ANN),
        ("::1", [ANN], ANN),
        ("::ffff:10.0.4.1", [ANN], ANN),
        ("10.0.4.16", [ANN], None),
        ("127.0.0.1", [ANN], None),
        ("testclient", [ANN], None),
        (None, [ANN], None),
        ("192.0.2.7", [], None),
        ("192.0.2.7", [""], None),
        ("192.0.2.7", ["owner@clinic.example", ANN], None),
    ],
)
def test_only_a_listed_proxy_is_believed(peer: str | None, values: list[str], expected: str | None) -> None:
    assert signed_in_as(PROXY, peer, values) == expected


def test_loopback_is_the_proxy_unless_others_are_listed() -> None:
    usual = Settings(user_header="X-Forwarded-Email")
    assert [signed_in_as(usual, peer, [ANN]) for peer in ("127.0.0.1", "::1", "10.0.0.1")] == [ANN, ANN, None]


def test_without_the_setting_nobody_is_believed() -> None:
    assert signed_in_as(Settings(), "127.0.0.1", [ANN]) is None
    assert signed_in_as(Settings(user_header="X-A", trusted_proxies=""), "127.0.0.1", [ANN]) is None


@pytest.mark.parametrize(
    ("name", "value"), [("trusted_proxies", "proxy"), ("trusted_proxies", "10.0.0.1/8"), ("user_header", "X Mail:")]
)
def test_a_setting_that_cannot_be_meant_is_refused(name: str, value: str) -> None:
    with pytest.raises(LiaisonError) as refused:
        Settings.model_validate({name: value})
    assert f"LIAISON_{name.upper()}" in refused.value.what
