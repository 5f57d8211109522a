"""The sentence, who is compared with whom, and four figures with their intervals."""

from liaison.metrics.figure import percent
from liaison.metrics.findings import effect as says
from liaison.models.stored.effects import ALL, EffectResult
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
    told = of.told
    if told["incremental"] is None:
        return
    covered, money = told["covered"], told["money"]
    row = [
        Tile(
            "Extra referrals",
            says.gain(told["incremental"]["value"]),
            change=says.reach(told["incremental"]),
            papers=f"Beyond {told['baseline']:,.0f} that were expected without visits.",
        ),
        Tile("Lift", says.lift(told["lift"]["value"]), change=says.lift_reach(told["lift"])),
    ]
    if money and money["return"] is not None:
        ends = f"{says.per_dollar(money['return_low'])} to {says.per_dollar(money['return_high'])}"
        paid = f"{says.dollars(money['margin'])} of margin for {says.dollars(money['cost_covered'])} of covered cost."
        row.append(
            Tile(
                "Margin for a dollar",
                says.per_dollar(money["return"]),
                change=ends,
                papers=paid,
                short="Margin per $",
            )
        )
    practices = f"{len(covered['practices']):,} of {told['comparison']['visited']:,}{'' if phone() else ' practices'}"
    row.append(
        Tile(
            "Volume measured",
            percent(covered["share"]),
            change=practices,
            help="Of what visited practices send, the part that comes from practices with peers.",
        )
    )
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
