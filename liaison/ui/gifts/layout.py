"""The order of the page's parts: the sentence, an entry, physicians, every entry, limits."""

from liaison.fieldwork.gift_words import headline
from liaison.ui import entries, links, parts, states
from liaison.ui.gifts import asked, enter, foot, limits, lists

NAME = "Gifts"


def show() -> None:
    """The page."""
    if not asked.names()[0]:
        parts.head(NAME, "Nobody can be given anything yet: no provider is on record")
        states.off("Entries name a physician by NPI", "The page Data takes the file of providers.")
        links.link(entries.DATA, "Data")
        return
    year = asked.year()
    told, written = asked.ledger(year)
    parts.head(NAME, headline(told))
    states.tell_kept()
    if told.limit is not None:
        enter.show(told)
    lists.physicians(told, written)
    lists.lines(told, written)
    limits.show(told)
    foot.show(told)
