"""The sentence, who is compared with whom, and four figures with their intervals."""

from liaison.metrics.findings import effect as says
from liaison.models.stored.effects import ALL, EffectResult
from liaison.reports.summary import shown
from liaison.ui import options, parts, states
from liaison.ui.effect.asked import Found
from liaison.ui.style import phone
from liaison.ui.tiles import Tile, tiles
from liaison.vocabulary import month_id, month_words

NAME = "Programme effect"
SPAN, YEAR = "span", "year"
SPANS = {ALL: "Since the start", YEAR: "Last 12 months"}


def span(found: Found) -> str:
    """What the URL says, among what the run holds."""
    return options.now(SPAN, {name: SPANS[name] for name in SPANS if name in found.spans}, ALL)


def show(found: Found, of: EffectResult) -> None:
    """The answer first, then what was asked and against whom."""
    told = of.told
    parts.head(NAME, says.effect_headline(told, whole=of.span == ALL))
    window = f"{month_words(of.first)} to {month_words(of.last)}"
    parts.note(f"{told['question']} {window}, {of.told['level']:.0%} intervals. {told['comparison']['says']}")


def choice(found: Found) -> None:
    """All months, or the last twelve."""
    if len(found.spans) > 1:
        options.buttons(SPAN, "Months", {name: SPANS[name] for name in SPANS if name in found.spans}, ALL)


def figures(of: EffectResult) -> None:
    """Four at most; none where the estimate was refused."""
    row = [
        Tile(each.label, each.value, change=each.under, papers=each.papers, short=each.short, help=each.help)
        for each in shown.figures(of.told, narrow=phone())
    ]
    if row:
        tiles(row)


def refused(found: Found, of: EffectResult) -> None:
    """What stands where there is no number: why, and what would make it answerable."""
    if of.told["verdict"] == "refused":
        states.off("There is no number here, and this is why", " ".join(map(says.typeset, of.told["reasons"])))
        parts.note(_lots(found))


def not_yet(found: Found, of: EffectResult) -> None:
    """What stands where an effect worth having would not show so far: from when on it would."""
    tells = of.told["can_tell"]
    if tells is None or tells["now"] or of.span != ALL:
        return
    month = tells["month"]
    when = (
        f"By {month_words(month_id(month))} it should." if month else "At this pace that takes more than three years."
    )
    states.off(
        "The data cannot tell yet",
        f"An effect of {says.LOOKED_FOR:.0%} would not show so far. {when} More practices or slots by lot help.",
    )
    parts.note(_lots(found))


def _lots(found: Found) -> str:
    return f"Visits drawn by lot so far: {found.drawn:,} of the 50 that answer it whatever the others were chosen by."
