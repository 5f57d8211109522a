"""The voice of the referrer: shares and balances with intervals worked out apart, too few said so, themes."""

from collections.abc import Callable, Iterator
from itertools import product
from math import comb, log, sqrt
from typing import Any

import pytest
from scipy.optimize import minimize_scalar
from sqlalchemy import Engine
from statsmodels.stats.proportion import proportion_confint

from liaison import fieldwork
from liaison.access import Viewer, owner
from liaison.fieldwork.asking import record_mention, void_mention
from liaison.fieldwork.merges import merge_into
from liaison.metrics.filters import Filters
from liaison.metrics.findings.feedback import net_words, themes_headline, voice_headline, weakest
from liaison.metrics.intervals import balance
from liaison.metrics.suppression import FreeFilterError
from liaison.metrics.themes import Themes, themes
from liaison.metrics.voice import Voice, voice
from liaison.store import open_store, reading, writing
from liaison.store.migrate import upgrade
from liaison.vocabulary import Audience

INSIDE, OUTSIDE = Audience.inside, Audience.outside


def answers() -> list[dict[str, Any]]:
    """Twenty forms, ten of P1: of the twenty 9 promote and 4 detract; six of P1 name the department Imaging."""
    recommend = [10] * 5 + [9] * 4 + [8] * 4 + [7] * 3 + [6, 3, 0, 5]
    ease = [5] * 12 + [4] * 6 + [2] * 2  # 18 of 20 are good
    access = [4] * 5 + [3] * 10 + [1] * 4 + [None]  # 5 of 19
    rows = []
    for i in range(20):
        row: dict[str, Any] = {
            "feedback_id": f"F{i}",
            "practice_id": f"P{i % 2 + 1}",
            "date": f"2026-{i % 9 + 1:02d}-15",
        }
        row |= {"recommend": recommend[i], "ease": ease[i], "access": access[i], "role": "coordinator"}
        row |= {"department": "Imaging" if i % 2 == 0 and i < 12 else None, "service_line": "Neurology"}
        rows.append(row | {"comment": "Fax is always busy" if i == 0 else None})
    return [*rows, rows[0] | {"feedback_id": "F99", "recommend": 0, "voided": "typed twice"}]


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    engine = filled(sqlite_url)
    yield engine
    engine.dispose()


def filled(url: str) -> Engine:
    engine = open_store(url)
    upgrade(engine)
    with writing(engine) as conn:
        practices = [{"practice_id": p, "name": n} for p, n in (("P1", "Elm"), ("P2", "Oak"), ("P3", "Birch"))]
        fieldwork.write(conn, "practices", practices, "ann")
        rival = {"organisation_id": "O1", "name": "St. Elsewhere", "ours": False}
        fieldwork.write(conn, "organisations", [rival], "ann")
        fieldwork.write(conn, "feedback", answers(), "ann")
    return engine


def refusal(up: int, down: int, whole: int, step: float) -> float:
    """The score statistic, its nuisance share found by scipy's search for the largest likelihood."""

    def unlikely(share: float) -> float:
        rest = 1 - 2 * share - step
        pairs = ((up, share + step), (down, share), (whole - up - down, rest))
        return -sum(n * log(max(p, 1e-300)) for n, p in pairs if n)

    ends = (max(0.0, -step), (1 - step) / 2)
    share = float(minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-10}).x)
    return float((up - down - whole * step) / sqrt(whole * (2 * share + step - step**2)))


def asked(store: Engine, audience: Audience = INSIDE, minimum: int = 5, **filters: Any) -> Voice:
    with reading(store) as conn:
        return voice(conn, owner(), audience, Filters(**filters), minimum)


def test_answers_are_counted_with_the_intervals_of_another_program(store: Engine) -> None:
    found = asked(store)
    ease, access = found.total.marks["ease"], found.total.marks["access"]
    assert (ease.n, ease.good, ease.value) == (20, 18, 0.9)
    assert ease.mean == pytest.approx(4.4)  # 88 points of 20
    assert (ease.low, ease.high) == pytest.approx(proportion_confint(18, 20, method="wilson"))
    assert (access.n, access.good) == (19, 5)
    assert (access.low, access.high) == pytest.approx(proportion_confint(5, 19, method="wilson"))
    report = found.total.marks["report_back"]
    assert (report.n, report.value) == (0, None)
    net = found.total.recommend
    assert (net.n, net.promoters, net.detractors, net.value) == (20, 9, 4, 0.25)
    for end in (net.low, net.high):  # where the score test of another program just does not refuse
        assert end is not None
        assert abs(refusal(9, 4, 20, end)) == pytest.approx(1.959964, abs=1e-3)
    assert net_words(net) == "+25 (\u221211 to +54)"
    assert voice_headline(found) == "20 answers of 2 practices: promoters less detractors +25 (\u221211 to +54)"
    assert weakest(found) == "“Seen soon” is rated lowest: 26% good, against 90% for “easy to refer”."
    groups = {row.label: (row.n, row.too_few) for row in found.by["department"]}
    assert groups == {"(none)": (14, False), "Imaging": (6, False)}
    assert [(row.label, row.n) for row in found.by["practice"]] == [("Elm", 10), ("Oak", 10)]
    assert [(c.practice, c.text) for c in found.comments] == [("Elm", "Fax is always busy")]


def test_postgresql_gives_the_same(store: Engine, fresh_postgres: Callable[[], str]) -> None:
    other = filled(fresh_postgres())
    mention = {"tag": "access", "text": "Six weeks", "date": "2026-02-03", "practice_id": "P1"}
    for engine in (store, other):
        record_mention(engine, mention, actor="ann")
    assert asked(other).as_json() == asked(store).as_json()
    with reading(other) as conn:
        found = themes(conn, owner(), INSIDE, Filters(), "weeks")
    assert [(row.tag, row.n) for row in found.rows] == [("access", 1)]
    other.dispose()


def test_too_few_answers_say_nothing_and_merged_practices_speak_as_one(store: Engine) -> None:
    few = asked(store, first="2026-09", last="2026-09")
    assert (few.total.n, few.total.too_few) == (2, True)
    assert voice_headline(few) == "2 answers of 2 practices: too few to say more"
    assert asked(store, minimum=7).by["department"][1].too_few
    merge_into(store, "practice", "P2", "P1", actor="ann")
    assert [(row.label, row.n) for row in asked(store).by["practice"]] == [("Elm", 20)]
    assert asked(store, practice="P1").total.n == 20
    with reading(store) as conn:
        assert voice(conn, Viewer("x", frozenset({"north"})), INSIDE, Filters(), 5).total.n == 0


def test_outside_the_team_nothing_of_a_few_practices_is_said(store: Engine) -> None:
    found = asked(store, OUTSIDE)
    assert (found.by, found.comments) == ({}, ())
    assert found.total.too_few  # twenty answers, but of two practices
    assert found.total.marks["ease"].good == 0
    with pytest.raises(FreeFilterError):
        asked(store, OUTSIDE, service_line="neurology")
    with writing(store) as conn:
        practices = [{"practice_id": f"Q{i}", "name": f"Q{i}"} for i in range(11)]
        fieldwork.write(conn, "practices", practices, "ann")
        more = [{"feedback_id": f"G{i}", "practice_id": f"Q{i}", "date": "2026-05-01", "ease": 5} for i in range(11)]
        fieldwork.write(conn, "feedback", more, "ann")
    wide = asked(store, OUTSIDE)
    assert (wide.total.n, wide.total.marks["ease"].good, wide.by) == (31, 29, {})
    with reading(store) as conn, pytest.raises(FreeFilterError):
        themes(conn, owner(), OUTSIDE, Filters())


def test_mentions_are_found_by_their_words_and_counted_by_quarter(store: Engine) -> None:
    for tag, text, day, place, rival in (
        ("competitor", "They answer the phone at St. Elsewhere", "2026-01-20", "P1", "O1"),
        ("access", "Six weeks for an EEG", "2026-02-03", "P1", None),
        ("access", "EEG again, patient list full", "2026-08-30", "P2", None),
        ("access", "Wrong note", "2026-08-30", "P2", None),
    ):
        values = {"tag": tag, "text": text, "date": day, "practice_id": place, "organisation_id": rival}
        record_mention(store, values, actor="ann")

    def told(**more: Any) -> Themes:
        with reading(store) as conn:
            return themes(conn, owner(), INSIDE, Filters(), **more)

    wrong = next(one for one in told().noted if one.text == "Wrong note")
    void_mention(store, wrong.mention_id, wrong.version, "Heard elsewhere", actor="ann")
    found = told()
    assert found.quarters == ("2026-Q1", "2026-Q2", "2026-Q3")
    assert [(row.tag, row.n, row.practices, row.counts) for row in found.rows] == [
        ("access", 2, 2, (1, 0, 1)),
        ("competitor", 1, 1, (1, 0, 0)),
    ]
    assert found.rivals == (("St. Elsewhere", 1),)
    assert themes_headline(found) == "Access comes up most: 2 of 3 mentions"
    assert [one.text for one in told(find="eeg six").noted] == ["Six weeks for an EEG"]
    assert [one.practice for one in told(tag="competitor").noted] == ["Elm"]


@pytest.mark.parametrize(("up", "down"), [(0.6, 0.1), (0.9, 0.02), (0.34, 0.33), (0.0, 0.3)])
def test_the_balance_keeps_its_level_in_ten_answers(up: float, down: float) -> None:
    """Every outcome of ten people with its chance: how often the interval of 95% holds the true difference."""
    n, held = 10, 0.0
    for a, b in product(range(n + 1), repeat=2):
        if a + b <= n:
            chance = comb(n, a) * comb(n - a, b) * up**a * down**b * (1 - up - down) ** (n - a - b)
            found = balance(a, b, n)
            held += chance * (found.low <= up - down <= found.high)
    assert held >= 0.92
