"""One organisation's sentence, what stands out, and its tiles."""

from dataclasses import replace

from liaison.metrics.figure import formatted, percent
from liaison.metrics.findings.moves import Move, count_move, share_move
from liaison.metrics.findings.organisations import from_whom, headline, where_most
from liaison.metrics.organisation import Month, Organisation
from liaison.ui import parts
from liaison.ui.organisations import choice
from liaison.ui.organisations.asked import LINE, One
from liaison.ui.tiles import Tile, tiles
from liaison.vocabulary import NONE


def show(found: One, key: str) -> None:
    """The head of the page, from what was counted."""
    one = found.found
    parts.head(one.who.label, headline(one))
    choice.pick(key)
    said = [s for s in (where_most(one), from_whom(one)) if s]
    if one.taken and said:
        parts.say(*said)
    tiles(_tiles(one))


def _tiles(one: Organisation) -> list[Tile]:
    role, before = one.who.role, one.before
    line = [one.months.get(m, Month(0, 0, 0)) for m in range(one.window.last - LINE + 1, one.window.last + 1)]
    verb, side = ("Received", "of what stays") if one.who.ours else ("Taken", "of what is lost")
    now = (one.taken, one.share.denominator or 0)
    return [
        _tile(
            one,
            Tile(f"Referrals {verb.lower()}", f"{one.taken:,}", role, papers=one.share.papers(), short=verb),
            count_move(before.taken, one.taken) if before else None,
            [float(m.taken) for m in line],
        ),
        _tile(
            one,
            Tile(
                f"Share {side}",
                formatted(one.of_side.value, one.of_side.unit),
                role,
                papers=one.of_side.papers(),
                short="Of what stays" if one.who.ours else "Of lost",
            ),
            share_move((before.taken, before.side), (one.taken, one.of_side.denominator or 0)) if before else None,
            [m.taken / m.side if m.side else None for m in line],
        ),
        _tile(
            one,
            Tile(
                "Share of known destinations",
                formatted(one.share.value, one.share.unit),
                role,
                papers=one.share.papers(),
                short="Of known",
            ),
            share_move((before.taken, before.known), now) if before else None,
            [m.taken / m.known if m.known else None for m in line],
        ),
        _last(one),
    ]


def _last(one: Organisation) -> Tile:
    """How much of the picture is missing: for others the reasons, for ours the destinations."""
    if one.who.ours:
        unknown, known = one.share.beside.get("unknown") or 0, one.share.denominator or 0
        value = percent(unknown / (unknown + known)) if unknown + known else "not known"
        return Tile("Destination unknown", value, "unknown", papers=one.share.papers(), short="Unknown")
    blank = sum(n for key, _, n in one.causes if key == NONE)
    value = percent(blank / one.taken) if one.taken else "not known"
    papers = f"{blank:,} of {one.taken:,} referrals \u00b7 {one.window}"
    return Tile("Reason not recorded", value, "unknown", papers=papers, short="No reason")


def _tile(one: Organisation, tile: Tile, move: Move | None, series: list[float | None]) -> Tile:
    length = one.window.last - one.window.first + 1
    since_when = "on the year before" if length == 12 else f"on the {length} months before"
    since_when = "on the month before" if length == 1 else since_when
    return replace(
        tile,
        change=move.words if move else "",
        way=move.way if move else "off",
        beside=since_when if move and move.way != "off" else "",
        series=series,
        last_open=one.window.last in one.window.incomplete,
    )
