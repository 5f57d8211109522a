"""Per specialty: loyal here, splitting there."""

from html import escape

from liaison.metrics.figure import percent
from liaison.metrics.findings.practice import loyalty_sentence
from liaison.metrics.intervals import share_interval
from liaison.metrics.one_practice import PracticeStory
from liaison.metrics.practices import SpecialtyLoyalty
from liaison.ui import parts
from liaison.ui.markup import html
from liaison.vocabulary import Loyalty


def show(found: PracticeStory) -> None:
    """A bar a specialty, largest first: blue to us, orange elsewhere, the line is the interval."""
    if not found.loyalty:
        return
    parts.picture(
        loyalty_sentence(found.loyalty),
        f"Share of known destinations that came to us, {found.year}. Blue: to us. The line: 95% interval.",
    )
    html('<div class="lz-loy" role="list">' + "".join(_bar(each) for each in found.loyalty if each.n) + "</div>")


def _bar(each: SpecialtyLoyalty) -> str:
    n, ours = each.n or 0, each.ours or 0
    around = share_interval(ours, n)
    few = each.loyalty is Loyalty.too_few
    said = "too few to say" if few else each.loyalty.label.lower() if each.loyalty else ""
    return (
        f'<div role="listitem"{" class=few" if few else ""}><span>{escape(each.label)}</span>'
        f'<span class="bar" aria-hidden="true"><i style="width:{around.value:.1%}"></i>'
        f'<b style="left:{around.low:.1%};width:{around.high - around.low:.1%}"></b></span>'
        f'<span class="q"><strong>{percent(around.value)}</strong> of {n:,}, {said}</span></div>'
    )
