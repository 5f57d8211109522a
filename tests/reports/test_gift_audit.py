"""The auditor's report of the ledger: every entry where it belongs, with who entered it; apart from all figures."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from liaison import fieldwork
from liaison.fieldwork.gift_ledger import Audited, audited, give, meal, void
from liaison.reports.gift_audit import year_book, year_pdf
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade

LEE, RAY = "1234567893", "1245319599"
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
PAPERS = "Our Hospital", NOON, "Kay Olsen"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'store.db'}")
    upgrade(engine)
    with writing(engine) as conn:
        fieldwork.write(conn, "providers", [{"npi": LEE, "name": "Jo Lee"}, {"npi": RAY, "name": "Al Ray"}], "ann")
    yield engine
    engine.dispose()


def entry(amount: float, on: str, **more: str) -> dict[str, object]:
    return {"given_on": on, "kind": "gift", "npi": LEE, "amount": amount, "occasion": "Basket", **more}


@pytest.fixture(scope="module")
def told(store: Engine) -> Audited:
    """Lee: 500 and 100 given, 65 repaid, 20 on the campus, 30 voided; Ray: a seventh of a lunch of 100."""
    wrong = give(store, entry(30, "2026-01-02", occasion="Calendar"), actor="Ann Fox")
    void(store, wrong, "Entered for the wrong physician", expected_version=1, actor="Bo Hart")
    give(store, entry(500, "2026-02-01"), actor="Ann Fox")
    give(store, entry(100, "2026-03-01", override="*Value* learnt later, case 7 #panic()"), actor="Bo Hart")
    give(store, entry(65, "2026-04-01", kind="repayment", occasion="Cheque"), actor="Ann Fox")
    campus = {"kind": "on_campus", "year": "2026", "amount": 45, "source": "411.357(m), CMS, 3 Jan 2026"}
    fieldwork.add(store, "gift_limits", campus, actor="Bo Hart")
    give(store, entry(20, "2026-05-01", kind="on_campus", occasion="Parking"), actor="Ann Fox")
    meal(store, [RAY], 100, 7, {"given_on": "2026-05-04", "occasion": "Lunch"}, actor="Ann Fox")
    with reading(store) as conn:
        return audited(conn, "2026")


def test_the_paper_tells_totals_limits_warnings_overrides_and_what_was_voided(told: Audited) -> None:
    reader = PdfReader(BytesIO(year_pdf(told, *PAPERS)))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for said in (
        "OurHospital",
        "6entries,voidedonestoo",
        "Printed1Dec2026,12:00(CST)byKayOlsen",
        "$535.00CMS,CPI-Uupdates,42CFR411.357(k)",
        "$45.00411.357(m),CMS,3Jan2026",
        "JoLee:$600.00of$535.00given,$65.00pastthelimit,$65.00repaid;over,repaid.",
        "Overrideon2026-03-01,JoLee,$100.00:*Value*learntlater,case7#panic()",
        "AlRay1245319599$14.29Within",
        "JoLee1234567893$600.00$100.00$65.00$20.00Over,repaid",
        "Giftsandmeals:$600.00",
        "Benefitsonthecampus:$20.00",
        "Repaid:$65.00",
        "Meal,$100.00for7$14.29",
        "Enteredforthewrongphysician",
        "reasonforvoiding",
    ):
        assert said in text, said
    assert text.index("AlRay,NPI") < text.index("JoLee,NPI")  # by name, never by how much
    assert text.index("Voided,countednowhere") < text.index("2026-01-02Gift")
    assert "Bo Hart" in "".join(page.extract_text() for page in reader.pages)
    assert [word for word in ("referral", "margin", "rank", "volume") if word in text.lower()] == []


def test_the_workbook_has_each_entry_with_who_entered_it_and_what_was_changed(told: Audited) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(year_book(told, *PAPERS)))
    rows = book.get_sheet_by_name("Entries").to_python()
    lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert len(lines) == 6
    assert {(one["amount"], one["entered_by"]) for one in lines if one["override"]} == {(100, "Bo Hart")}
    assert [one["voided"] for one in lines if one["given_on"] == "2026-01-02"] == ["Entered for the wrong physician"]
    people = book.get_sheet_by_name("Physicians").to_python()
    assert people[1:] == [
        ["Al Ray", RAY, 14.29, 0, 0, 0, 535, "within"],
        ["Jo Lee", LEE, 600, 100, 65, 20, 535, "over, repaid"],
    ]
    (change,) = book.get_sheet_by_name("Changes").to_python()[1:]
    assert change[2:] == ["Bo Hart", "voided", "", "Entered for the wrong physician"]


def test_a_year_of_which_nothing_is_on_record_says_so_on_paper(store: Engine) -> None:
    with reading(store) as conn:
        text = PdfReader(BytesIO(year_pdf(audited(conn, "2031"), *PAPERS))).pages[0].extract_text()
    assert "No limit is on record for 2031" in text
