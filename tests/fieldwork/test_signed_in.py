"""The person behind an address: in force, and the only one who has it."""

from collections.abc import Iterator

import pytest

from liaison import fieldwork
from liaison.access import Viewer
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork.signed_in import viewer_of
from liaison.store import reading, writing

PEOPLE = [
    {"person_id": "L1", "name": "Ann", "email": "Ann@Clinic.example"},
    {"person_id": "L2", "name": "Bo", "email": "bo@clinic.example", "ends": "2026-06-30"},
    {"person_id": "L3", "name": "Cy", "email": "desk@clinic.example"},
    {"person_id": "L4", "name": "Di", "email": "desk@clinic.example"},
    {"person_id": "L5", "name": "Eve"},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path_factory.mktemp("signed")))
    with writing(opened.store) as connection:
        fieldwork.write(connection, "people", PEOPLE, "test")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("ann@clinic.EXAMPLE ", Viewer("Ann", person_id="L1")),
        ("bo@clinic.example", None),  # left the team
        ("desk@clinic.example", None),  # which of the two it is, nobody knows
        ("eve@clinic.example", None),
        ("%", None),
        ("", None),
    ],
)
def test_an_address_is_one_person_in_force_or_nobody(home: Home, email: str, expected: Viewer | None) -> None:
    with reading(home.store) as connection:
        assert viewer_of(connection, email, "2026-07-01") == expected


def test_somebody_is_in_force_until_the_last_day(home: Home) -> None:
    with reading(home.store) as connection:
        assert viewer_of(connection, "bo@clinic.example", "2026-06-30") == Viewer("Bo", person_id="L2")
