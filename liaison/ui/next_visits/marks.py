"""The words and marks of one card: who, why, what it should bring. All text is escaped here."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from liaison.charts.forecast_tenths import amount
from liaison.charts.words import percent, whole


@dataclass(frozen=True)
class Scale:
    """One scale for all cards: from `low` to `high`, zero within."""

    low: float
    high: float

    @classmethod
    def of(cls, lows: Sequence[float], highs: Sequence[float]) -> "Scale":
        """The scale that holds every interval, and a little more on both sides."""
        low, high = min([0.0, *lows]), max([0.0, *highs])
        apart = (high - low) or 1.0
        return cls(low - apart * 0.06, high + apart * 0.06)

    def at(self, value: float) -> str:
        """Where a value stands, as CSS."""
        return f"{(value - self.low) / (self.high - self.low) * 100:.1f}%"

    def wide(self, low: float, high: float) -> str:
        return f"{(high - low) / (self.high - self.low) * 100:.1f}%"


def range_bar(low: float, middle: float, high: float, scale: Scale, write: "Amounts") -> str:
    """A pale interval, a dark middle, a hairline at zero."""
    said = f"{write.plain(middle)}, between {write.plain(low)} and {write.plain(high)}"
    return (
        f'<div class="lz-range" role="img" aria-label="{escape(said)}"><i></i><s style="left:{scale.at(0)}"></s>'
        f'<u style="left:{scale.at(low)};width:{scale.wide(low, high)}"></u>'
        f'<b style="left:{scale.at(middle)}"></b></div>'
    )


@dataclass(frozen=True)
class Amounts:
    """How gains are written: referrals, or money where the list is by margin."""

    money: bool = False

    def plain(self, value: float) -> str:
        if not self.money:
            return amount(value)
        return f"\u2212${whole(-value)}" if value < 0 else f"${whole(value)}"

    def gain(self, value: float) -> str:
        """'+11 referrals'."""
        sign = "+" if value > 0 else ""
        return f"{sign}{self.plain(value)}{'' if self.money else ' referrals'}"


def who(rank: str, name: str, where: str, now: Sequence[str], tags: Sequence[str] = ()) -> str:
    """Rank and name, then town and days since the last visit, then what is overdue, in red, then what is marked."""
    marked = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    red = "".join(f'<p class="now">{escape(each)}</p>' for each in now)
    return (
        f'<div class="who"><h4><span>{escape(rank)}</span>{escape(name)}</h4><p>{escape(where)}</p>{red}{marked}</div>'
    )


def why(reasons: Sequence[str], against: Sequence[str]) -> str:
    """Reasons as a list; what speaks against below them, marked so."""
    items = "".join(f"<li>{escape(sentence(each))}</li>" for each in reasons)
    speaks = "".join(f'<li class="against"><b>Against:</b> {escape(each)}</li>' for each in against)
    return f'<div class="why"><ul>{items}{speaks}</ul></div>'


def brings(gain: float, low: float, high: float, scale: Scale, write: Amounts, more: str = "") -> str:
    """'+11 referrals 5 to 18', and the mark."""
    ends = f"{write.plain(low)} to {write.plain(high)}"
    also = f", {more}" if more else ""
    return (
        f'<div class="lz-see"><div class="gain">{escape(write.gain(gain))}<small>{escape(ends + also)}</small></div>'
        f"{range_bar(low, gain, high, scale, write)}</div>"
    )


def card(*parts: str) -> str:
    """Who, why and, where it is given, what it brings beside each other; on a phone below each other."""
    three = " three" if len(parts) == 3 else ""
    return f'<div class="lz-see lz-visit{three}">{"".join(parts)}</div>'


def sentence(text: str) -> str:
    """With a capital, as a line of its own begins."""
    return text[:1].upper() + text[1:]


def drawn_tag(probability: float) -> str:
    """How a slot that the lot chose is marked."""
    return f"Drawn by lot, probability {percent(probability)}"
