"""Campaigns by files: a list comes in once, whole, before its start; no later file and no forgetting mends it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork import write
from liaison.fieldwork.one_campaign import CampaignFile, campaign_file
from liaison.ingest.result import ImportResult
from liaison.ingest.run import forget, import_files
from liaison.store import reading, writing

AHEAD = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011  any day that lies ahead
PLACES = "practice_id,name,do_not_visit\n" + "".join(f"P{n},Practice {n},false\n" for n in range(1, 5)) + "P9,No,true\n"
HEAD = "campaign_id,title,what,starts,person_id,message\n"
LIST = "campaign_id,practice_id,arm,wave\nC1,P1,target,30\nC1,P2,target,60\nC1,P3,kept_aside,\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Four practices, one that wants no visits, and two campaigns: C1 with its list, C0 that has begun."""
    home = Home.open(Settings(home=tmp_path_factory.mktemp("campaigns") / "home"))
    brought(home, "practices", PLACES)
    brought(home, "people", "person_id,name\nann,Ann Lee\n")
    both = f"C1,Stroke clinic,service,{AHEAD},ann,Call us\nC0,Old one,service,2026-01-05,ann,\n"
    brought(home, "campaigns", HEAD + both)
    yield home
    home.close()


def brought(home: Home, form: str, text: str) -> ImportResult:
    file = Path(home.path) / f"{form}.csv"
    file.write_text(text, encoding="utf-8")
    return import_files(home, form, [file])


def read(home: Home) -> CampaignFile:
    with reading(home.store) as conn:
        return campaign_file(conn, "C1", AHEAD)


def refused(home: Home, form: str, text: str) -> str:
    with pytest.raises(LiaisonError) as said:
        brought(home, form, text)
    where = said.value.where
    return f"{where.row if where else ''}: {said.value}"


@pytest.fixture(scope="module")
def listed(home: Home) -> ImportResult:
    bad = refused(home, "campaign_targets", LIST + "C1,P9,target,90\n")
    assert "asked not to be visited" in bad
    assert read(home).targets == ()  # not half of it
    return brought(home, "campaign_targets", LIST)


def test_a_list_that_was_drawn_elsewhere_comes_in_frozen(home: Home, listed: ImportResult) -> None:
    found = read(home)
    assert [one.practice_id for one in found.targets] == ["P1", "P2"]
    assert [one.practice_id for one in found.aside] == ["P3"]
    assert found.frozen_on == date.today().isoformat()  # noqa: DTZ011
    assert listed.rows_new == 3


def test_no_second_file_changes_the_list_and_the_same_again_changes_nothing(home: Home, listed: ImportResult) -> None:
    before = read(home)
    more = refused(home, "campaign_targets", LIST + "C1,P4,target,90\n")
    assert "frozen" in more
    assert "Plan another campaign" in more
    moved = refused(home, "campaign_targets", "campaign_id,practice_id,arm,wave\nC1,P3,target,30\n")
    assert moved.startswith("2: ")
    again = brought(home, "campaign_targets", LIST.replace("campaign_id,", "campaign_id,", 1) + "\n\n")
    assert (again.rows_new, again.rows_updated) == (0, 0)
    assert read(home) == before


def test_a_file_changes_the_message_of_a_running_campaign_and_not_its_start(home: Home, listed: ImportResult) -> None:
    brought(home, "campaigns", f"{HEAD}C1,Stroke clinic,service,{AHEAD},ann,Call us at once\n")
    assert read(home).message == "Call us at once"
    said = refused(home, "campaigns", f"{HEAD}C1,Stroke clinic,service,2026-01-01,ann,Again\n")
    assert said.startswith("2: ")
    assert "starts" in said
    assert "plan another" in said
    assert (read(home).message, read(home).starts) == ("Call us at once", AHEAD)


def test_forgetting_the_import_does_not_take_the_list_back(home: Home, listed: ImportResult) -> None:
    with pytest.raises(LiaisonError) as said:
        forget(home, listed.batch)
    assert "frozen" in str(said.value)
    assert len(read(home).targets) == 2


def test_a_file_that_was_looked_through_before_the_list_was_frozen_is_refused_as_it_is_written(
    home: Home, listed: ImportResult
) -> None:
    late = [{"campaign_id": "C1", "practice_id": "P4", "arm": "target", "wave": "90"}]
    with pytest.raises(LiaisonError, match="frozen"), writing(home.store) as conn:
        write(conn, "campaign_targets", late, "ann", listed.batch)
    assert len(read(home).targets) == 2


def test_a_list_for_a_campaign_that_has_begun_is_refused(home: Home) -> None:
    said = refused(home, "campaign_targets", "campaign_id,practice_id,arm,wave\nC0,P1,target,30\nC0,P2,kept_aside,\n")
    assert said.startswith("2: ")
    assert "began on 2026-01-05" in said


def test_briefings_come_in_by_a_file(home: Home) -> None:
    brought(home, "briefings", "campaign_id,audience,briefed_on,person_id\nC1,Front desk,2026-01-05,ann\n")
    assert [(one.audience, one.by) for one in read(home).briefed] == [("Front desk", "Ann Lee")]
