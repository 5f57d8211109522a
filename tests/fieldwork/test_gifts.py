"""The gift ledger: no way of entering, editing and voiding leads past the limit without an override on record."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from liaison import fieldwork
from liaison.errors import LiaisonError
from liaison.fieldwork.gift_ledger import audited, balances, give, meal, void
from liaison.store import reading, writing
from liaison.store.engine import open_store
from liaison.store.migrate import upgrade
from liaison.store.tables import gift, gift_limit, history

LEE, RAY = "1234567893", "1245319599"
LIMIT = Decimal(535)  # 2026, 42 CFR 411.357(k)


def begun(store: Engine) -> Engine:
    with writing(store) as conn:
        fieldwork.write(conn, "providers", [{"npi": LEE, "name": "Jo Lee"}, {"npi": RAY, "name": "Sam Ray"}], "ann")
    return store


def entry(amount: float, on: str = "2026-03-02", **more: Any) -> dict[str, Any]:
    return {"given_on": on, "kind": "gift", "npi": LEE, "amount": amount, "occasion": "Holiday basket", **more}


def version(store: Engine, gift_id: str) -> int:
    with reading(store) as conn:
        return int(conn.scalars(select(gift.c.version).where(gift.c.key == gift_id)).one())


def test_a_gift_within_the_limit_is_taken_and_one_past_it_names_what_is_left(any_store: Engine) -> None:
    kept = begun(any_store)
    give(kept, entry(400), actor="ann")
    with pytest.raises(LiaisonError, match=r"passes the limit of 2026 by \$15.50: \$400.00 of \$535.00 are given"):
        give(kept, entry(150.50), actor="ann")
    give(kept, entry(150.50, npi=RAY), actor="ann")
    give(kept, entry(135), actor="ann")
    with reading(kept) as conn:
        found = {each.name: (each.given, each.state) for each in balances(conn, "2026")}
    assert found == {"Jo Lee": (53_500, "near the limit"), "Sam Ray": (15_050, "within")}


def test_from_four_fifths_on_the_balance_warns(store: Engine) -> None:
    kept = begun(store)
    give(kept, entry(427.99), actor="ann")
    with reading(kept) as conn:
        assert balances(conn, "2026")[0].state == "within"
    give(kept, entry(0.01), actor="ann")  # 428.00 is four fifths of 535
    with reading(kept) as conn:
        assert balances(conn, "2026")[0].state == "near the limit"


def test_an_override_is_recorded_with_its_reason_and_seen_by_an_auditor(store: Engine) -> None:
    kept = begun(store)
    given_id = give(kept, entry(600, override="Legal approved, case 12"), actor="ann")
    with pytest.raises(LiaisonError, match="passes the limit"):
        fieldwork.edit(kept, "gifts", given_id, {"override": None}, expected_version=1, actor="bob")
    fieldwork.edit(kept, "gifts", given_id, {"note": "Receipt filed"}, expected_version=1, actor="bob")
    with reading(kept) as conn:
        told = audited(conn, "2026")
    assert (told.balances[0].state, told.balances[0].overridden) == ("over, with an override", 60_000)
    assert [(c["actor"], c["column"], c["after"]) for c in told.changes] == [("bob", "note", "Receipt filed")]
    assert told.limit is not None
    assert "411.357(k)" in told.limit.source


def test_a_meal_is_split_over_all_who_ate_and_never_rounded_away(any_store: Engine) -> None:
    kept = begun(any_store)
    with writing(kept) as conn:
        fieldwork.write(conn, "people", [{"person_id": "ann", "name": "Ann Lee"}], "ann")
    shared = {"given_on": "2026-05-04", "occasion": "Lunch", "person_id": "ann"}
    meal(kept, [LEE, RAY], 100, 7, shared, actor="ann")  # 14.2857 each
    with reading(kept) as conn:
        told = audited(conn, "2026")
    assert [(e.cents, e.meal_total, e.ate, e.by) for e in told.entries] == [(1_429, 10_000, 7, "Ann Lee")] * 2
    with pytest.raises(LiaisonError, match="1 ate, but 2 physicians"):
        meal(kept, [LEE, RAY], 30, 1, shared, actor="ann")


def test_a_meal_that_takes_one_of_them_past_the_limit_is_entered_for_none(store: Engine) -> None:
    kept = begun(store)
    give(kept, entry(530, npi=RAY), actor="ann")
    with pytest.raises(LiaisonError, match="passes the limit"):
        meal(kept, [LEE, RAY], 40, 4, {"given_on": "2026-05-04", "occasion": "Lunch"}, actor="ann")
    with reading(kept) as conn:
        assert [each.npi for each in balances(conn, "2026")] == [RAY]


def test_a_repayment_mends_an_excess_in_time_and_makes_no_room(store: Engine) -> None:
    kept = begun(store)
    give(kept, entry(500, "2026-02-01"), actor="ann")
    give(kept, entry(100, "2026-03-01", override="Value was learnt later"), actor="ann")  # 65 too much since 1 March
    back = {"kind": "repayment", "occasion": "Cheque"}
    for wrong, said in (
        (entry(66, "2026-04-01", **back), r"more than the excess of \$65.00"),
        (entry(65, "2026-08-29", **back), "not within 180 days of 2026-03-01"),
        (entry(65, "2026-04-01", npi=RAY, **back), "the limit of 2026 is not passed"),
    ):
        with pytest.raises(LiaisonError, match=said):
            give(kept, wrong, actor="ann")
    give(kept, entry(65, "2026-08-28", **back), actor="ann")  # the 180th day
    with reading(kept) as conn:
        assert balances(conn, "2026")[0].state == "over, repaid"
    with pytest.raises(LiaisonError, match="passes the limit"):
        give(kept, entry(1, "2026-09-01"), actor="ann")


def test_more_than_half_the_limit_too_much_cannot_be_mended_by_repaying(store: Engine) -> None:
    kept = begun(store)
    give(kept, entry(803, override="Nobody had asked"), actor="ann")  # 268 too much, half is 267.50
    with pytest.raises(LiaisonError, match="more than half of the limit"):
        give(kept, entry(268, "2026-04-01", kind="repayment", occasion="Cheque"), actor="ann")


def test_a_year_without_a_limit_and_a_stranger_are_refused(store: Engine) -> None:
    kept = begun(store)
    with pytest.raises(LiaisonError, match="2031, for which no limit is on record"):
        give(kept, entry(5, "2031-01-04"), actor="ann")
    fieldwork.add(
        kept, "gift_limits", {"kind": "gift", "year": "2031", "amount": 600, "source": "CMS"}, actor="compliance"
    )
    give(kept, entry(600, "2031-01-04"), actor="ann")
    with pytest.raises(LiaisonError, match="1111111112 is no provider on record"):
        give(kept, entry(5, npi="1111111112"), actor="ann")
    with pytest.raises(LiaisonError, match="1 physician was given already"):
        fieldwork.edit(kept, "gift_limits", "gift|2031", {"amount": 599}, expected_version=1, actor="compliance")


def test_a_benefit_on_the_campus_is_held_against_its_own_limit(store: Engine) -> None:
    kept = begun(store)
    give(kept, entry(535), actor="ann")
    campus = {"kind": "on_campus", "occasion": "Parking"}
    with pytest.raises(LiaisonError, match="no limit is on record"):
        give(kept, entry(20, **campus), actor="ann")
    limit = {"kind": "on_campus", "year": "2026", "amount": 45, "source": "411.357(m)"}
    fieldwork.add(kept, "gift_limits", limit, actor="compliance")
    give(kept, entry(45, **campus), actor="ann")
    give(kept, entry(45, **campus), actor="ann")
    with pytest.raises(LiaisonError, match=r"\$1.00 more than one occasion may bring"):
        give(kept, entry(46, **campus), actor="ann")
    with reading(kept) as conn:
        assert balances(conn, "2026")[0].given == 53_500


@pytest.mark.parametrize("moved", [{"npi": RAY}, {"given_on": "2027-05-01"}])
def test_an_entry_moved_to_another_physician_or_year_is_held_against_theirs(
    store: Engine, moved: dict[str, str]
) -> None:
    kept = begun(store)
    fieldwork.add(kept, "gift_limits", {"kind": "gift", "year": "2027", "amount": 550, "source": "x"}, actor="c")
    give(kept, {**entry(500), **moved}, actor="ann")
    one = give(kept, entry(100), actor="ann")
    with pytest.raises(LiaisonError, match="passes the limit"):
        fieldwork.edit(kept, "gifts", one, moved, expected_version=1, actor="ann")


def test_nothing_is_removed_only_voided_with_a_reason(store: Engine) -> None:
    kept = begun(store)
    given_id = give(kept, entry(500), actor="ann")
    with pytest.raises(LiaisonError):
        fieldwork.remove(kept, "gifts", given_id, expected_version=1, actor="ann")
    with pytest.raises(LiaisonError, match="for a reason"):
        void(kept, given_id, " ", expected_version=1, actor="ann")
    void(kept, given_id, "Entered twice", expected_version=1, actor="ann")
    give(kept, entry(535), actor="ann")
    with pytest.raises(LiaisonError, match="passes the limit"):
        fieldwork.edit(kept, "gifts", given_id, {"voided": None}, expected_version=2, actor="ann")
    with reading(kept) as conn:
        told = audited(conn, "2026")
    assert sorted((e.cents, e.voided) for e in told.entries) == [(50_000, "Entered twice"), (53_500, None)]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{Path(tmp_path_factory.mktemp('ledger')) / 'store.sqlite'}")
    upgrade(engine)
    yield begun(engine)
    engine.dispose()


amounts = st.integers(1, 70_000).map(lambda cents: cents / 100)
days = st.sampled_from(["2026-01-01", "2026-12-31", "2027-01-01", "2027-06-30"])
values = st.fixed_dictionaries(
    {"amount": amounts, "given_on": days, "npi": st.sampled_from([LEE, RAY])},
    optional={"override": st.sampled_from(["Approved", None]), "kind": st.sampled_from(["gift", "meal", "repayment"])},
)
steps = st.lists(
    st.tuples(st.sampled_from(["give", "edit", "void", "unvoid", "limit"]), st.integers(0, 5), values),
    min_size=2,
    max_size=12,
)


def _ways(ledger: Engine, path: list[tuple[str, int, dict[str, Any]]]) -> None:
    with writing(ledger) as conn:
        for table in (gift, gift_limit):
            conn.execute(delete(table))
        conn.execute(delete(history).where(history.c.kind.in_(["gifts", "gift_limits"])))
    fieldwork.add(ledger, "gift_limits", {"kind": "gift", "year": "2027", "amount": 550, "source": "x"}, actor="c")
    made: list[str] = []
    for what, which, drawn in path:
        eaten = {"meal_total": 900, "ate": 2} if drawn.get("kind") == "meal" else {}
        with suppress(LiaisonError):
            if what == "give":
                made.append(give(ledger, {"kind": "gift", "occasion": "x", **drawn, **eaten}, actor="a"))
            elif what == "limit":
                limits = {"amount": drawn["amount"]}
                fieldwork.edit(
                    ledger, "gift_limits", "gift|2027", limits, expected_version=_limit_version(ledger), actor="c"
                )
            elif made:
                one = made[which % len(made)]
                change = {"edit": {**drawn, **eaten}, "void": {"voided": "x"}, "unvoid": {"voided": None}}[what]
                fieldwork.edit(ledger, "gifts", one, change, expected_version=version(ledger, one), actor="a")
        _nobody_is_past_the_limit(ledger)


def _limit_version(ledger: Engine) -> int:
    with reading(ledger) as conn:
        return int(conn.scalars(select(gift_limit.c.version).where(gift_limit.c.key == "gift|2027")).one())


def _nobody_is_past_the_limit(ledger: Engine) -> None:
    """Counted here from the rows alone."""
    with reading(ledger) as conn:
        rows = conn.execute(select(gift)).mappings().all()
        of_2027 = Decimal(str(conn.scalars(select(gift_limit.c.amount)).one()))
    for npi in (LEE, RAY):
        for year, limit in (("2026", LIMIT), ("2027", of_2027)):
            stand = [
                r for r in rows
                if r["npi"] == npi and r["given_on"][:4] == year and not r["voided"] and r["kind"] in ("gift", "meal")
            ]  # fmt: skip
            if sum((Decimal(str(r["amount"])) for r in stand), Decimal(0)) > limit:
                assert any(r["override"] for r in stand), (npi, year, stand)
            plain = sum((Decimal(str(r["amount"])) for r in stand if not r["override"]), Decimal(0))
            assert plain <= limit, (npi, year, stand)


@settings(max_examples=20)
@given(path=steps)
def test_no_way_leads_past_the_limit_without_an_override(
    ledger: Engine, path: list[tuple[str, int, dict[str, Any]]]
) -> None:
    _ways(ledger, path)


@pytest.mark.audit
@settings(max_examples=2_000)
@given(path=steps)
def test_none_of_thousands_of_ways_leads_past_the_limit(
    ledger: Engine, path: list[tuple[str, int, dict[str, Any]]]
) -> None:
    _ways(ledger, path)
