"""A stored run, and what people make of it: choices, guards, lots, words on alerts. A small made-up panel."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, delete, insert, select

from liaison.errors import LiaisonError
from liaison.fieldwork.margins import Margin
from liaison.fieldwork.records import write as keep_records
from liaison.jobs.ranked import outlook_of
from liaison.metrics.seen_share import SeenShare
from liaison.models.market import Market
from liaison.models.panel import Panel
from liaison.models.ranking import Given, rank
from liaison.models.ranking.slots import Slot
from liaison.models.stored import (
    Stored,
    alerts,
    choices,
    choose,
    forecasts,
    newest,
    next_visits,
    note_alert,
    of_practice,
)
from liaison.models.stored.alerts import found
from liaison.models.stored.by_margin import NOTHING, by_margin
from liaison.models.stored.worth import Sources, margins_each, worths
from liaison.models.stored.write import Made, Outlook, add_checks, write
from liaison.models.worth import Priced, mix_of, worth
from liaison.store import reading, writing
from liaison.store.engine import open_store
from liaison.store.migrate import upgrade
from liaison.store.tables import exploration_slot, person, ranking, ranking_row
from liaison.vocabulary import month_id

LAST = month_id("2026-10")
TODAY = "2026-11-24"
MONTHS = 30
IDS = tuple(f"P{number:02d}" for number in range(40))
FELL = "P07"


def made_market() -> Market:
    """Forty steady practices of 4 to 23 a month; P07 stops four months before the end."""
    draw = np.random.default_rng(4)
    level = 4 + np.arange(40) % 20
    counts = draw.poisson(level[:, None], (40, MONTHS)).astype(float)
    counts[7, -4:] = 0
    visits = (draw.random((40, MONTHS)) < 0.08).astype(float)
    traits = pd.DataFrame({"specialty": ["any"] * 40}, index=pd.Index(IDS, name="practice_id"))
    months = tuple(range(LAST - MONTHS + 1, LAST + 1))
    panel = Panel(IDS, months, counts, np.full(counts.shape, np.nan), visits, np.zeros(counts.shape), traits)
    by_line = np.stack([np.floor(counts / 2), np.floor(counts / 4)], axis=1)
    return Market(panel, months[0], ("cardiology", "urology"), by_line, ("A note.",))


@pytest.fixture(scope="module")
def made() -> Made:
    of = made_market()
    drawn = (Slot("P01", True, 0.025), Slot("P39", False, 0.025))
    outlook = outlook_of(of)
    assert outlook is not None
    return Made(3, "abc", 0, 1.5, of.panel, rank(of.panel), outlook, drawn, of.notes, sources(of, outlook))


def sources(of: Market, outlook: Outlook) -> Sources:
    """Cardiology earns $900, and all is seen; urology has no margin."""
    lines = [Priced.of((900.0, 800.0, 1000.0), 100, 100), Priced.of(None, 100, 100)]
    seen = SeenShare(LAST - 17, LAST - 6, np.full((40, 2), 10.0), np.full((40, 2), 10.0))
    value = worth(outlook.foreseen.forecast, mix_of(of.by_line), seen.sent, seen.seen, lines)
    given = Margin(900.0, 800.0, 1000.0, "2026-01-01", "finance")
    return Sources(IDS, of.lines, (given, None), lines, seen, value)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    sqlite = request.param == "sqlite"
    engine = open_store(
        request.getfixturevalue("sqlite_url") if sqlite else request.getfixturevalue("fresh_postgres")()
    )
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def kept(store: Engine, made: Made) -> Engine:
    put(store, made)
    return store


def put(store: Engine, made: Made) -> str:
    with writing(store) as connection:
        return write(connection, made)


def read(store: Engine) -> Stored:
    with reading(store) as connection:
        stored = newest(connection)
    assert stored is not None
    return stored


def test_what_is_read_is_what_was_worked_out(kept: Engine, made: Made) -> None:
    stored = read(kept)
    plain = made.ranking.as_json()
    assert stored.as_json()["rows"] == plain["rows"]
    assert stored.as_json() == plain
    assert stored.run.notes == ("A note.",)
    assert (stored.run.month, stored.run.checks, stored.run.card) == (LAST + 1, None, None)
    top = stored.rows[0]
    share = top.forecast * top.months_added * stored.run.lift["lift_used"]["value"]
    assert top.gain == pytest.approx(share, rel=0.01)  # nothing outside is seen: no further factor
    with writing(kept) as connection:
        add_checks(connection, stored.run.run_id, {"forecast": None}, "# Card")
    assert (read(kept).run.checks, read(kept).run.card) == ({"forecast": None}, "# Card")


def test_forecasts_come_with_lines_that_add_up(kept: Engine) -> None:
    with reading(kept) as connection:
        rows = forecasts(connection, read(kept).run.run_id)
    assert [row.practice_id for row in rows] == list(IDS)
    for row in rows:
        assert row.low_95 <= row.low_80 <= row.value <= row.high_80 <= row.high_95
        assert sum(part["referrals"] for part in row.by_line) == pytest.approx(row.value, abs=0.05)
        assert len(row.months) == 3
    assert rows[10].by_line[-1]["line"] is None  # a quarter and more names no line


def test_a_practice_that_stopped_is_an_alert_with_its_lines(kept: Engine) -> None:
    with reading(kept) as connection:
        told = alerts(connection, read(kept).run.run_id, TODAY)
    assert [(one.kind, one.practice_id) for one in told[:1]] == [("lapse", FELL)]
    evidence = told[0].evidence
    assert sum(part["expected"] for part in told[0].by_line) == pytest.approx(evidence["expected"], abs=0.05)
    assert {part["seen"] for part in told[0].by_line} == {0.0}


def test_a_declined_practice_is_left_out_until_its_day_and_says_why(kept: Engine) -> None:
    stored = read(kept)
    best = stored.rows[0].practice_id
    with pytest.raises(LiaisonError, match="needs a reason"):
        choose(kept, best, "declined", actor="ann", reason="  ")
    choose(kept, best, "declined", actor="ann", reason="moving house", until="2026-12-01")
    with reading(kept) as connection:
        now, later = next_visits(connection, stored, TODAY), next_visits(connection, stored, "2026-12-02")
    assert [(out.row.practice_id, out.why) for out in now.left_out] == [
        (best, "declined until 1 Dec 2026: moving house")
    ]
    assert best not in {one.row.practice_id for one in now.rows}
    assert later.rows[0].row.practice_id == best
    choose(kept, best, "undone", actor="bo")
    with reading(kept) as connection:
        assert next_visits(connection, stored, TODAY).left_out == ()


def test_pinned_come_first_then_one_place_in_ten_is_of_the_lot(kept: Engine) -> None:
    stored = read(kept)
    last = stored.rows[-1].practice_id
    choose(kept, last, "pinned", actor="ann")
    choose(kept, stored.rows[1].practice_id, "accepted", actor="ann")
    with reading(kept) as connection:
        rows = next_visits(connection, stored, TODAY).rows
        assert set(choices(connection, TODAY)) == {last, stored.rows[1].practice_id}
    assert (rows[0].row.practice_id, rows[0].pinned) == (last, True)
    assert [one.row.rank for one in rows[1:10]] == [
        row.rank for row in stored.rows if row.practice_id not in ("P01", last)
    ][:9]
    assert (rows[10].row.practice_id, rows[10].by_lot, rows[10].probability) == ("P01", True, 0.025)
    assert [one.accepted for one in rows[:3]] == [False, False, True]
    assert {one.row.practice_id for one in rows} == set(IDS)


def test_guards_of_the_store_keep_out_with_their_reason(kept: Engine) -> None:
    with writing(kept) as connection:
        places = [{"practice_id": place, "name": place} for place in ("P01", "P02", "P03")]
        keep_records(
            connection,
            "practices",
            [
                {**places[0], "do_not_visit": True},
                {**places[1], "frequency": "monthly"},
                places[2],
            ],
            "ann",
        )
        keep_records(connection, "people", [{"person_id": p, "name": p} for p in ("L1", "L2")], "ann")
        days = (("V1", "L1", "P02", "2026-11-12"), ("V2", "L2", "P03", "2026-11-27"), ("V3", "L1", "P03", "2026-01-02"))
        keep_records(
            connection,
            "visits",
            [{"visit_id": v, "person_id": who, "practice_id": where, "date": day} for v, who, where, day in days],
            "ann",
        )
    stored = read(kept)
    with reading(kept) as connection:
        mine = next_visits(connection, stored, TODAY, liaison="L1")
        theirs = next_visits(connection, stored, TODAY, liaison="L2")
    why = {out.row.practice_id: out.why for out in mine.left_out}
    assert why == {
        "P01": "marked: do not visit",
        "P02": "visited 12 days ago, to be left alone for 21",
        "P03": "another liaison goes there this week",
    }
    assert {out.row.practice_id for out in theirs.left_out} == {"P01", "P02"}


def test_a_run_of_the_same_month_takes_the_place_of_the_one_before_but_not_of_its_lots(
    kept: Engine, made: Made
) -> None:
    first = read(kept).run.run_id
    second = put(kept, replace(made, data_id="def", slots=(Slot("P20", True, 0.5),)))
    with reading(kept) as connection:
        assert connection.scalars(select(ranking.c.run_id)).all() == [second]
        assert set(connection.scalars(select(ranking_row.c.run_id))) == {second}
        drawn = {row.practice_id: row.run_id for row in connection.execute(select(exploration_slot))}
    assert drawn == {"P01": first, "P39": first}


def test_words_on_an_alert_stay_with_it_in_the_next_run(kept: Engine, made: Made) -> None:
    def told() -> dict[str, tuple[object, ...]]:
        with reading(kept) as connection:
            rows = alerts(connection, read(kept).run.run_id, TODAY, snoozed=True)
        return {r.practice_id or "": (r.alert_key, r.snoozed_until, r.assigned_to, r.outcome) for r in rows}

    key = told()[FELL][0]
    with writing(kept) as connection:
        blank = dict.fromkeys(column.name for column in person.columns)
        connection.execute(
            insert(person).values({**blank, "key": "L1", "person_id": "L1", "name": "Ann", "version": 1})
        )
    note_alert(kept, str(key), "snoozed", actor="ann", until="2026-12-01")
    note_alert(kept, str(key), "assigned", actor="ann", person_id="L1")
    note_alert(kept, str(key), "outcome", actor="bo", real=True)
    put(kept, replace(made, data_id="def"))
    assert told()[FELL] == (key, "2026-12-01", "L1", "real")
    with reading(kept) as connection:
        standing = alerts(connection, read(kept).run.run_id, TODAY)
        again = alerts(connection, read(kept).run.run_id, "2026-12-01")
    assert FELL not in {one.practice_id for one in standing}
    assert FELL in {one.practice_id for one in again}
    assert found(kept).real == 1
    note_alert(kept, str(key), "outcome", actor="bo", real=False)
    assert (found(kept).real, found(kept).not_real) == (0, 1)
    with pytest.raises(LiaisonError, match="no person L9"):
        note_alert(kept, str(key), "assigned", actor="ann", person_id="L9")
    with pytest.raises(LiaisonError, match="not on the list"):
        note_alert(kept, "lapse|P99|1", "snoozed", actor="ann", until="2026-12-01")


def test_one_practice_has_all_that_stands_of_it(kept: Engine) -> None:
    with reading(kept) as connection:
        found = of_practice(connection, FELL, TODAY)
        unknown = of_practice(connection, "P99", TODAY)
    assert found is not None
    assert unknown is not None
    assert (found.of, found.alert is not None, found.forecast is not None) == (40, True, True)
    assert found.listed is not None
    assert found.listed.row.practice_id == FELL
    assert (unknown.listed, unknown.left_out, unknown.forecast, unknown.alert) == (None, None, None, None)


def test_by_margin_it_is_the_list_that_the_model_makes_with_margins(kept: Engine, made: Made) -> None:
    draw = np.random.default_rng(8)
    each = dict(zip(IDS, map(float, draw.uniform(100, 900, 40)), strict=True))
    theirs = rank(made.panel, given=Given(margin=each)).rows
    ours = by_margin(read(kept), each).rows
    assert [row.practice_id for row in ours] == [row.practice_id for row in theirs]
    assert [row.rank for row in ours] == list(range(1, 41))
    for own, row in zip(ours, theirs, strict=True):
        assert (own.gain, own.low, own.high) == pytest.approx((row.gain, row.low, row.high), rel=1e-3, abs=1)
        told = {one.factor: one.contribution for one in (*row.reasons, *row.against)}
        said = {one["factor"]: one["contribution"] for one in (*own.reasons, *own.against)}
        assert said.get("margin") == pytest.approx(told.get("margin"), abs=1e-3)


def test_without_any_margin_a_practice_stands_at_the_end_and_says_why(kept: Engine) -> None:
    stored = read(kept)
    best = stored.rows[0].practice_id
    ours = by_margin(stored, {row.practice_id: 100.0 for row in stored.rows[1:]}).rows
    assert ours[-1].practice_id == best
    assert ours[-1].against[0]["says"] == NOTHING


def test_worth_and_its_inputs_are_read_as_they_were_worked_out(kept: Engine, made: Made) -> None:
    """Two thirds cardiology at $900, all seen; a third without a margin: $600 a referral."""
    run = read(kept).run
    with reading(kept) as connection:
        found, each = worths(connection, run.run_id), margins_each(connection, run.run_id)
    assert made.sources is not None
    assert set(found) == set(IDS)
    assert each["P30"] == pytest.approx(600, rel=0.1)
    assert found["P30"].value == pytest.approx(found["P30"].referrals * each["P30"], rel=1e-3)
    assert [part["line"] for part in found["P30"].by_line] == ["cardiology", "urology"]
    assert run.worth is not None
    cardiology, urology = run.worth["lines"]
    assert (cardiology["margin"], cardiology["starts"], cardiology["source"]) == (900.0, "2026-01-01", "finance")
    assert (cardiology["seen"], cardiology["of"], urology["margin"]) == (100, 100, None)


def test_a_long_wait_is_told_and_where_every_line_waits_nobody_is_sent(kept: Engine) -> None:
    """Cardiology waits 41 days, urology 10: not to be asked for. Then urology waits as long, and nothing is left."""
    stored = read(kept)
    wait = {"service_line": "Cardiology", "days": 41.0, "measured_on": "2026-11-01"}
    other = {"service_line": "urology", "measured_on": "2026-11-01"}
    with writing(kept) as connection:
        keep_records(connection, "waits", [wait, {**other, "days": 10.0}], "ann")
    with reading(kept) as connection:
        found = next_visits(connection, stored, TODAY)
    assert (found.waits, found.left_out) == (2, ())
    assert {one.not_for for one in found.rows} == {("cardiology wait 41 days: do not ask for cardiology",)}
    with writing(kept) as connection:
        keep_records(connection, "waits", [{**other, "days": 50.0, "measured_on": "2026-11-20"}], "ann")
    with reading(kept) as connection:
        assert next_visits(connection, stored, TODAY).rows == ()
        assert next_visits(connection, stored, "2027-03-01").waits == 0  # measured too long ago


def test_a_fifth_by_lot_takes_every_fifth_place(kept: Engine, made: Made) -> None:
    drawn = [Slot(IDS[at], True, 0.2) for at in (30, 31, 32)]
    with writing(kept) as connection:
        connection.execute(delete(exploration_slot))
    put(kept, replace(made, slots=drawn))
    with reading(kept) as connection:
        rows = next_visits(connection, read(kept), TODAY, lot_share=0.2).rows
    assert [at for at, one in enumerate(rows, start=1) if one.by_lot] == [5, 10, 15]
