"""Liaison may be used, changed and sold by a hospital: so may everything that it runs on."""

from email.message import Message
from importlib.metadata import version

import pytest
from packaging.utils import canonicalize_name

from tests.house import notice
from tests.house.licences import expression_permitted, judged, required, resolved
from tests.house.tree import ROOT

RUN_TIME, DEVELOPMENT, CONSTRAINTS = (
    ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt")
)


def test_every_run_time_package_is_permissive() -> None:
    refused = [f"{p.name} {p.version}: {p.licence}" for p in resolved(RUN_TIME) if not p.permitted]
    assert refused == []


def test_dependencies_of_dependencies_are_read_too() -> None:
    names = {canonicalize_name(p.name) for p in resolved(RUN_TIME)}
    # streamlit -> requests -> certifi (the one under MPL), pg8000 -> scramp -> asn1crypto
    assert {"streamlit", "requests", "certifi", "pg8000", "scramp", "asn1crypto"} <= names


@pytest.mark.parametrize(
    ("expression", "permitted"),
    [
        ("MIT", True),
        ("MPL-2.0", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("GPL-3.0-only OR Apache-2.0", True),
        ("MIT AND (BSD-3-Clause OR LGPL-2.1-only)", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("MIT AND LGPL-2.1-or-later", False),
        ("AGPL-3.0-only", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("LicenseRef-Proprietary", False),
        ("(MIT", False),
        ("", False),
    ],
)
def test_licence_expression(expression: str, permitted: bool) -> None:
    assert expression_permitted(expression) is permitted


def _metadata(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"Classifier": "License :: OSI Approved :: MIT License"}, ("MIT License", True)),
        ({"Classifier": "License :: OSI Approved :: GNU General Public License (GPL)"}, (..., False)),
        ({"Classifier": "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"}, (..., False)),
        ({"License": "Apache-2.0"}, ("Apache-2.0", True)),
        ({"License": "AGPL"}, ("AGPL", False)),
        ({"License": "Permission is hereby granted\n" * 20}, ("unknown", False)),
        ({}, ("unknown", False)),
    ],
)
def test_licence_of_older_metadata(fields: dict[str, str], told: tuple[object, bool]) -> None:
    licence, permitted = judged(_metadata(**fields))  # type: ignore[arg-type]
    assert permitted is told[1]
    assert told[0] in (licence, ...)


def test_a_package_under_two_licences_needs_both_permitted() -> None:
    both = _metadata(Classifier="License :: OSI Approved :: MIT License")
    both["Classifier"] = "License :: OSI Approved :: GNU General Public License (GPL)"
    assert judged(both)[1] is False  # type: ignore[arg-type]


def test_notice_names_what_is_shipped_and_installed() -> None:
    assert (ROOT / "NOTICE").read_text(encoding="utf-8") == notice.text(), "run: make notice"


@pytest.mark.parametrize("path", [shipped[0] for shipped in notice.SHIPPED])
def test_work_of_others_that_notice_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_work_of_others_comes_with_its_licence_text() -> None:
    texts = {name for *_, licence in notice.SHIPPED for name in licence.split() if "/" in name}
    missing = [name for name in sorted(texts) if not (ROOT / name).is_file()]
    assert missing == []


def test_direct_dependencies_are_pinned_to_one_version() -> None:
    loose = [
        str(r) for file in (RUN_TIME, DEVELOPMENT) for r in required(file) if not str(r.specifier).startswith("==")
    ]
    assert loose == []


def test_constraints_pin_everything_at_what_is_installed() -> None:
    pinned = {canonicalize_name(r.name): str(r.specifier) for r in required(CONSTRAINTS)}
    everything = resolved(RUN_TIME) + resolved(DEVELOPMENT)
    wrong = [p.name for p in everything if pinned.get(canonicalize_name(p.name)) != f"=={p.version}"]
    assert wrong == []


def test_requirements_agree_with_constraints() -> None:
    pinned = {canonicalize_name(r.name): r.specifier for r in required(CONSTRAINTS)}
    direct = [*required(RUN_TIME), *required(DEVELOPMENT)]
    assert [r.name for r in direct if r.specifier != pinned[canonicalize_name(r.name)]] == []


def test_installed_direct_dependencies_are_the_pinned_ones() -> None:
    direct = [*required(RUN_TIME), *required(DEVELOPMENT)]
    assert [r.name for r in direct if not r.specifier.contains(version(r.name))] == []
