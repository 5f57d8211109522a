"""The executive summary as PDF, slides and workbook: the stored figures, every input, nothing small outside."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from sqlalchemy import insert, update

from liaison.access import owner
from liaison.config import Settings
from liaison.facts.home import Home
from liaison.fieldwork import add
from liaison.jobs.effected import bring_up_to_date
from liaison.jobs.reported import summary
from liaison.metrics.filters import Filters
from liaison.metrics.findings import effect as effect_says
from liaison.metrics.leakage import leakage
from liaison.metrics.volume import volume
from liaison.models.effect.what_if import Curve, what_if
from liaison.models.stored.effects import newest_effect
from liaison.planning.enough import enough
from liaison.reports.summary.document import as_pdf
from liaison.reports.summary.gather import Summary
from liaison.reports.summary.presentation import as_pptx
from liaison.reports.summary.sheets import as_xlsx
from liaison.store import reading, writing
from liaison.store.tables import effect_run, margin, route_plan, route_stop
from liaison.vocabulary import Audience, month_text

TODAY = "2026-12-01"
WEEKS = ("2027-01-04", "2027-03-29")  # with a plan


@pytest.fixture(scope="module")
def home(estimated_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("reported") / "demo"
    shutil.copytree(estimated_market, folder, ignore=shutil.ignore_patterns("worker", "*.lock"))
    opened = Home.open(Settings(home=folder))
    for line in (None, "Neurology"):
        values = {"year": "2026", "measure": "referrals", "target": 1.0e6, "service_line": line}
        add(opened.store, "goals", values, actor="ann")
    plan_two_visits(opened)
    yield opened
    opened.close()


def plan_two_visits(home: Home) -> None:
    """In the first and the last week of the quarter; one more was dropped, and one is of the quarter before."""
    plan = {"zone": "UTC", "run_id": "r", "solver": "s", "changed_at": "", "changed_by": "", "papers": "{}"}
    weeks = [{**plan, "plan_id": w, "person_id": "ann", "week": w, "revision": 1, "left_out": "[]"} for w in WEEKS]
    plain: dict[str, Any] = dict.fromkeys(("position", "arrive", "depart", "drive", "wait", "value"), 0)
    plain |= {"practice_id": "p", "pinned": False, "added": False, "purpose": "", "opens": "[]"}
    days = {"2027-01-05": "planned", "2027-03-31": "planned", "2027-01-06": "dropped", "2026-12-30": "planned"}
    stops = [
        {**plain, "stop_id": day, "plan_id": WEEKS[day > "2027-02"], "date": day, "state": state}
        for day, state in days.items()
    ]
    with writing(home.store) as connection:
        connection.execute(insert(route_plan), weeks)
        connection.execute(insert(route_stop), stops)


@pytest.fixture(scope="module")
def inside(home: Home) -> Summary:
    return summary(home, TODAY, audience=Audience.inside)


@pytest.fixture(scope="module")
def outside(home: Home) -> Summary:
    return summary(home, TODAY)


MADE: dict[tuple[str, int, str | None], tuple[Summary, Any]] = {}  # holds the summary, so that its id stays its own


def once(kind: str, of: Summary, make: Callable[[], Any], size: str | None = None) -> Any:
    """A file is made once for all tests that read it."""
    if (kind, id(of), size) not in MADE:
        MADE[kind, id(of), size] = (of, make())
    return MADE[kind, id(of), size][1]


def pages(of: Summary, size: str | None = None) -> list[str]:
    """The text of each page without gaps."""

    def read() -> list[str]:
        return [flat(page.extract_text()) for page in PdfReader(BytesIO(as_pdf(of, size))).pages]

    return list(once("pdf", of, read, size))


def flat(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("**", "").split())


def slides(of: Summary) -> list[str]:
    """The native text of each slide, tables and notes included, without gaps."""
    told = []
    for slide in Presentation(BytesIO(once("pptx", of, lambda: as_pptx(of)))).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts += [
            cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        ]
        told.append(flat(" ".join([*texts, slide.notes_slide.notes_text_frame.text])))
    return told


def sheet(of: Summary, name: str) -> list[dict[str, Any]]:
    head, *rows = once("xlsx", of, lambda: load_workbook(BytesIO(as_xlsx(of))))[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def signed(value: float) -> str:
    """As pages write a gain: '+1,180', with a true minus sign."""
    return f"{value:+,.0f}".replace("-", "\u2212")


def test_every_file_says_the_stored_figure_with_its_interval(inside: Summary) -> None:
    found = inside.told["incremental"]
    value, low, high = (signed(found[name]) for name in ("value", "low", "high"))
    assert flat(f"{value}{low}to{high}") in pages(inside)[0]
    assert any(value in slide and flat(f"{low} to {high}") in slide for slide in slides(inside))
    (row,) = [row for row in sheet(inside, "Figures") if row["figure"] == "extra referrals"]
    assert (row["value"], row["low"], row["high"]) == (found["value"], found["low"], found["high"])
    assert row["numerator"] - row["denominator"] == pytest.approx(found["value"], abs=1e-3)
    assert row["method"].startswith(inside.run.model)


def test_every_file_says_what_the_page_says(outside: Summary) -> None:
    front, deck = pages(outside)[0], "".join(slides(outside))
    volume_says, leakage_says = outside.trends
    money = outside.money
    assert money is not None
    plan = outside.plan
    shown = [
        outside.says,
        volume_says.says,
        leakage_says.says,
        money.says,
        money.said,
        plan.title,
        plan.said,
        *plan.says,
    ]
    shown += [each.value for each in outside.figures]
    shown += [*outside.changes.wins, *outside.changes.risks]
    assert [text for text in shown if flat(text) not in front] == []
    assert [text for text in shown if flat(text) not in deck] == []


def test_the_year_is_counted_as_volume_and_leakage_count_it(home: Home, inside: Summary) -> None:
    last = inside.of.last
    year = Filters(first=month_text(last - 11), last=month_text(last))
    figures = {row["figure"]: row for row in sheet(inside, "Figures")}
    lost = leakage(home.live(), owner(), Audience.inside, year).total
    assert (figures["leakage"]["numerator"], figures["leakage"]["denominator"]) == (lost.numerator, lost.denominator)
    assert figures["volume"]["value"] == volume(home.live(), owner(), Audience.inside, year).total.value
    months = {row["month"]: row for row in sheet(inside, "Trends")}
    each = leakage(home.live(), owner(), Audience.inside, year, "month").rows
    assert {row.key: (row.figure.numerator, row.figure.denominator) for row in each} == {
        row.key: (months[row.key]["out of network"], months[row.key]["destination known"]) for row in each
    }


def test_every_input_stands_in_the_appendix_with_source_and_date(inside: Summary) -> None:
    method = "".join(pages(inside)[1:])
    money = inside.told["money"]
    for line in money["inputs"]["lines"]:
        row = f"{line['label']}${line['margin']:,.0f}(${line['low']:,.0f}to${line['high']:,.0f})"
        assert flat(f"{row}{line['source']}{line['dated']}") in method
        assert flat(f"{line['seen']:.0%}of{line['n']:,}") in method
    for each in inside.of.costs:
        assert flat(f"{each['kind'].capitalize()}$") in method
        assert f"{each['entries']:,}" in method
    assert [c["says"] for c in inside.told["checks"] if flat(c["says"].replace("-", "\u2212")) not in method
            and flat(c["says"]) not in method] == []  # fmt: skip
    assert flat(money["not_measured"]) in method
    assert flat("Incremental referrals. Referrals to us that") in method


def test_the_answer_fits_one_page_of_either_size_whatever_practices_are_called(outside: Summary) -> None:
    long = "**" + "Western North Carolina Orthopaedic and Sports Medicine Associates " * 2 + "** came back"
    longer = replace(outside, changes=replace(outside.changes, wins=(long,) * 3, risks=(long,) * 3))
    for size in ("letter", "a4"):
        found = pages(longer, size)
        assert flat("Next quarter") in found[0]
        assert "1of" in found[0]
        assert flat("How this was made") in found[1]


def test_a_refusal_says_why_and_what_would_cure_it_in_place_of_figures(outside: Summary) -> None:
    failed = {"name": "comparison_practices", "state": "failed", "says": "Only 4 practices are there to compare with.",
              "decisive": True, "cure": "Leave ten practices a year without visits."}  # fmt: skip
    told = {**outside.told, "verdict": "refused", "incremental": None, "lift": None, "baseline": None, "money": None,
            "at_most": None, "monthly": [], "naive_says": None, "reasons": [failed["says"]],
            "checks": [failed, *outside.told["checks"]]}  # fmt: skip
    refused = replace(outside, of=replace(outside.of, verdict="refused", told=told))
    front, answer = pages(refused)[0], slides(refused)[1]
    for shown in (front, answer):
        assert flat("There is no number") in shown
        assert flat("Only 4 practices are there to compare with.") in shown
        assert flat("Leave ten practices a year without visits.") in shown
        assert flat("Margin for a dollar") not in shown
    assert [row["figure"] for row in sheet(refused, "Figures")][:2] == ["extra referrals", "volume measured"]


def test_slides_carry_definitions_in_their_notes_and_words_for_pictures(outside: Summary) -> None:
    deck = Presentation(BytesIO(once("pptx", outside, lambda: as_pptx(outside))))
    assert all("Incremental referrals." in slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(pictures) == 4
    assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures)
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)  # 16 to 9, in the format's units


def test_numbers_of_the_workbook_are_numbers_and_dates_are_said(inside: Summary) -> None:
    months = sheet(inside, "By month")
    assert [row["month"] for row in months] == [row["month"] for row in inside.told["monthly"]]
    assert all(isinstance(row["came"], int | float) for row in months)
    (lost,) = [row for row in sheet(inside, "Figures") if row["figure"] == "leakage"]
    assert lost["vintage"] == str(inside.vintage)
    assert lost["coverage"] == pytest.approx(lost["denominator"] / (lost["denominator"] + unknown(inside)), abs=1e-9)


def unknown(of: Summary) -> int:
    """Referrals of unknown destination in the year."""
    return sum(m.unknown or 0 for m in of.tables.trends.months if m.month >= of.tables.trends.first)


def test_the_next_quarter_is_what_stands_on_record(home: Home, inside: Summary) -> None:
    """The same numbers in sentence, paper and workbook, each as its own page says it."""
    with reading(home.store) as connection:
        run = newest_effect(connection)
        needs = enough(connection, home.settings, date(2026, 12, 1))
    assert run is not None
    assert needs is not None
    rows = {row["what"]: row for row in sheet(inside, "Next quarter")}
    assert inside.plan.title.startswith("Next quarter, Jan 2027 to Mar 2027")
    assert rows["visits needed"]["value"] == pytest.approx(needs.needed / 4, abs=0.05)
    assert rows["visits available"]["value"] == pytest.approx(needs.today.available / 4, abs=0.05)
    assert rows["visits planned"]["value"] == 2
    assert "2 stand in plans of 2 weeks" in inside.plan.said
    curve = Curve.of_json(run.beside["what_if"])
    asked = what_if(curve, rows["visits that the curve is asked for"]["value"])
    more = rows["referrals more"]
    assert (more["value"], more["low"], more["high"]) == pytest.approx(
        (asked.total.value, asked.total.low, asked.total.high)
    )
    cost = inside.told["money"]["cost_total"] / inside.told["money"]["visits"] * (asked.visits - curve.usual)
    assert rows["cost of these visits"]["value"] == pytest.approx(cost, abs=0.01)
    assert rows["margin less cost of these"]["low"] == pytest.approx(rows["margin of these"]["low"] - cost, abs=0.01)
    front, method = pages(inside)[0], "".join(pages(inside)[1:])
    assert flat(signed(asked.total.low) + "to" + signed(asked.total.high)) in front
    assert [said for said in needs.assumed.says if flat(said) not in method] == []


def test_a_goal_of_referrals_is_counted_inside_and_only_judged_outside(inside: Summary, outside: Summary) -> None:
    (whole, _), (hidden, _) = (
        sorted(sheet(of, "Goals"), key=lambda row: row["goal"])[::-1] for of in (inside, outside)
    )
    assert whole["to_date"] > 0
    assert flat(f"{whole['to_date']:,.0f} of 1,000,000") in pages(inside)[0]
    assert (hidden["to_date"], hidden["expected"], hidden["low"], hidden["high"]) == (None,) * 4
    assert flat("a target of 1,000,000") in pages(outside)[0]
    assert hidden["outlook"] == whole["outlook"]


def test_outside_nothing_small_is_told_and_dollars_are_rounded(inside: Summary, outside: Summary) -> None:
    for row in [*sheet(outside, "Trends"), *sheet(outside, "By month")]:
        counts = [row.get(name) for name in ("referrals", "out of network", "destination known", "came")]
        assert [count for count in counts if count in range(1, 11)] == []
    for row in sheet(outside, "By month"):
        assert (row["came"] is None) == (row["expected without visits"] is None) == (row["hidden"] is not None)
    figures = {row["figure"]: row["value"] for row in sheet(outside, "Figures")}
    exact = inside.told["money"]
    margin = float(f"{exact['margin']:.2g}")
    assert figures["margin"] == margin
    # What is made of it is made of the rounded one, and paper says what the workbook says.
    assert figures["margin less cost"] == float(f"{margin - exact['cost_covered']:.2g}")
    assert figures["margin for a dollar"] == float(f"{margin / exact['cost_covered']:.2g}")
    method, front = "".join(pages(outside)[1:]), pages(outside)[0]
    assert flat(f"{effect_says.dollars(figures['margin less cost'])} of margin beyond the cost") in method
    assert flat(effect_says.per_dollar(figures["margin for a dollar"])) in front
    assert flat(exact["zero"]) not in method
    lift = outside.told["money"]["break_even_lift"]
    assert lift == float(f"{lift:.2g}")


def test_another_margin_changes_the_money_and_nothing_else(home: Home, inside: Summary) -> None:
    with writing(home.store) as connection:
        connection.execute(update(margin).values({name: margin.c[name] * 2 for name in ("margin", "low", "high")}))
        connection.execute(update(effect_run).values(data_id="earlier"))  # as if it had been made of others
    bring_up_to_date(home, lambda share, words: None)
    then, now = inside, summary(home, TODAY, audience=Audience.inside)
    before, after = ({row["figure"]: row for row in sheet(of, "Figures")} for of in (then, now))
    changed = {name for name, row in after.items() if row["value"] != before[name]["value"]}
    assert changed == {"margin", "margin less cost", "margin less cost, a visit", "margin for a dollar"}
    assert after["margin"]["value"] == pytest.approx(2 * before["margin"]["value"], rel=1e-3)
    assert then.tables.trends == now.tables.trends
    assert then.says == now.says
