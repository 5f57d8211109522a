"""The executive summary as slides: the answer, months, money, trends, by name, the next quarter, how it was made."""

from liaison.metrics.findings import summary as summary_says
from liaison.reports import pictures
from liaison.reports.slides import EDGE, WIDE, Deck, Slide
from liaison.reports.summary import document, shown
from liaison.reports.summary.gather import Summary
from liaison.reports.summary.shown import Drawn

INNER = WIDE - 2 * EDGE
HALF = (INNER - 0.6) / 2
CHECKS = 9  # a slide, at most
GOALS = 5  # on a slide; all are in the appendix of the PDF and in the workbook


def as_pptx(of: Summary) -> bytes:
    deck = Deck(of.name)
    notes = [*document.definitions(), of.papers, of.audience_says]
    _title(deck, of, notes)
    _answer(deck, of, notes)
    if of.months:
        _drawn(deck, of, of.months, "months", notes)
    if of.money:
        below = shown.worth(of.told["money"])
        _drawn(deck, of, of.money, "money", notes, below)
    _trends(deck, of, notes)
    _practices(deck, of, notes)
    _quarter(deck, of, notes)
    _checks(deck, of, notes)
    _inputs(deck, of, notes)
    return deck.as_bytes()


def _title(deck: Deck, of: Summary, notes: list[str]) -> None:
    slide = deck.slide(of.name, of.papers, notes)
    slide.words([f"**{of.says}**"], EDGE, 2.3, INNER, 2.2, size=36)
    slide.words([of.audience_says, *of.notes], EDGE, 5.4, INNER, 0.9, size=14)


def _answer(deck: Deck, of: Summary, notes: list[str]) -> None:
    slide = deck.slide(of.says, of.papers, notes)
    figures = of.figures
    if figures:
        width = (INNER - 0.25 * (len(figures) - 1)) / len(figures)
        for place, each in enumerate(figures):
            slide.tile(each.label, each.value, each.under, EDGE + place * (width + 0.25), 2.0, width)
        slide.words([of.beneath, *(f.papers for f in figures if f.papers)], EDGE, 4.4, INNER, 1.8)
        return
    reasons = of.reasons or [of.told["says"]]
    slide.words([f"**{document.REFUSED}**", *reasons, *document.cures(of)], EDGE, 2.0, INNER, 3.2)
    slide.words([of.beneath], EDGE, 5.5, INNER, 0.8)


def _drawn(deck: Deck, of: Summary, drawn: Drawn, kind: str, notes: list[str], below: list[str] | None = None) -> None:
    slide = deck.slide(drawn.says, of.papers, notes)
    slide.words([drawn.said], EDGE, 1.5, INNER, 0.5, size=14)
    height = 4.6 if below is None else 2.3
    png = pictures.png(document.chart(drawn, kind, 230), 860)
    slide.picture(png, drawn.alt, EDGE, 2.1, INNER, height)
    if below:
        slide.words(below, EDGE, 4.7, INNER, 1.9)


def _trends(deck: Deck, of: Summary, notes: list[str]) -> None:
    volume, leakage = of.trends
    slide = deck.slide(f"{volume.says}. {leakage.says}", of.papers, notes)
    for drawn, kind, left in ((volume, "volume", EDGE), (leakage, "leakage", EDGE + HALF + 0.6)):
        slide.words([f"**{drawn.says}**", drawn.said], left, 1.75, HALF, 0.9, size=15)
        slide.picture(pictures.png(document.chart(drawn, kind, 160), 430), drawn.alt, left, 2.7, HALF, 2.7)
    if of.access:
        slide.words([f"**{of.access['title']}**", of.access["says"]], EDGE, 5.6, INNER, 1.2, size=14)


def _practices(deck: Deck, of: Summary, notes: list[str]) -> None:
    wins, risks = of.changes.wins, of.changes.risks
    slide = deck.slide("Wins and risks", of.papers, notes)
    _listed(slide, summary_says.wins_title(wins), wins, summary_says.NO_WIN, EDGE)
    _listed(slide, summary_says.risks_title(risks), risks, summary_says.NO_RISK, EDGE + HALF + 0.6)


def _quarter(deck: Deck, of: Summary, notes: list[str]) -> None:
    slide = deck.slide(of.plan.title, of.papers, [*notes, *of.plan.assumed])
    slide.words([of.plan.said, *document.plan_says(of)], EDGE, 1.6, INNER, 2.9, size=15)
    goals = document.goal_rows(of)
    if goals:
        slide.table(document.GOALS, goals[:GOALS], [5.0, 1.2, 1.2, 1.3, INNER - 8.7], 4.6)


def _listed(slide: Slide, title: str, rows: tuple[str, ...], nothing: str, left: float) -> None:
    slide.words([f"**{title}**"], left, 1.6, HALF, 0.35, size=17)
    slide.words(list(rows) or [nothing], left, 2.05, HALF, 4.0, size=16, numbered=bool(rows))


def _checks(deck: Deck, of: Summary, notes: list[str]) -> None:
    method = document.method(of)
    checks = method["checks"]
    many = -(-len(checks) // max(1, -(-len(checks) // CHECKS)))  # on slides that hold about as many each
    for first in range(0, len(checks), max(1, many)):
        slide = deck.slide(method["checks_says"], of.papers, notes)
        if first == 0:
            slide.words([method["question"], method["compared"]], EDGE, 1.25, INNER, 0.65, size=13)
        rows = [[c["state"], " ".join(filter(None, (c["says"], c["cure"])))] for c in checks[first : first + many]]
        slide.table(["", "Check"], rows, [1.5, INNER - 1.5], 2.0)


def _inputs(deck: Deck, of: Summary, notes: list[str]) -> None:
    method = document.method(of)
    margins, costs = method["margins"]["rows"], method["costs"]["rows"]
    most = 13
    for first in range(0, len(margins), most):
        slide = deck.slide("What the money is made of: margins and shares seen", of.papers, notes)
        slide.table(document.MARGINS, margins[first : first + most], [2.1, 2.7, 3.3, 1.4, 1.1, 1.3], 1.5)
    slide = deck.slide("What it cost, and what is taken as known", of.papers, notes)
    if costs:
        slide.table(document.COSTS, costs, [2.6, 1.6, 1.3, 1.3, 2.1, 3.0], 1.5)
    slide.words(method["inputs"], EDGE, 1.9 + 0.4 * (len(costs) + 1), INNER, 3.2, size=14)
