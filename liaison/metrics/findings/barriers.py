"""What is said about barriers: how many, how late, with whom, how long they take, which ones come back."""

from collections.abc import Sequence

from liaison.metrics.barrier_times import Cause, TimeTo


def plural(n: int, one: str, many: str | None = None) -> str:
    """'1 barrier', '1,200 barriers'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def barriers_headline(open_: int, late: int, untold: int, oldest: int | None) -> str:
    """How many are open and late, else how many practices have not heard yet."""
    if not open_:
        if untold:
            return (
                f"No barrier is open; {plural(untold, 'resolved one')} still {_has(untold)} to be told to the practice."
            )
        return "No barrier is open."
    said = f"{plural(open_, 'barrier')} {'is' if open_ == 1 else 'are'} open"
    if late:
        of = "it is" if open_ == late == 1 else "all of them" if late == open_ else f"{late:,} of them"
        said += f", {of} overdue"
    return f"{said}; the oldest {_since(oldest or 0)}."


def _since(days: int) -> str:
    return f"for {plural(days, 'day')}" if days else "since today"


def _has(n: int) -> str:
    return "has" if n == 1 else "have"


def escalated_words(n: int, managers: Sequence[str], days: int) -> str:
    """Who hears of what is late for long; '' where nothing is."""
    if not n:
        return ""
    whom = " and ".join(managers) if managers else "nobody: no person on record has the role manager"
    return f"{plural(n, 'barrier')} over {plural(days, 'day')} late {'is' if n == 1 else 'are'} escalated to {whom}."


def untold_words(n: int) -> str:
    """Resolved, but the practice has not heard; '' where there is none."""
    if not n:
        return ""
    return f"{plural(n, 'resolved barrier')} {'waits' if n == 1 else 'wait'} for somebody to tell the practice."


def barrier_headline(kind: str, where: str, state: str, days: int, late: int | None) -> str:
    """'Scheduling at Maple Family, open for 23 days, 9 days late.' `state`: open, resolved, told, voided."""
    said = f"{kind} at {where}"
    if state == "voided":
        return f"{said}: voided, it does not count."
    if state == "open":
        return f"{said}, open {_since(days)}" + (f", {plural(late, 'day')} late." if late else ".")
    if state == "resolved":
        return f"{said}, resolved after {plural(days, 'day')}; the practice has not been told."
    return f"{said}, closed after {plural(days, 'day')}; the practice has been told."


def of_practice(days: Sequence[int]) -> str:
    """'2 open barriers, oldest 23 days'; '' where none is open."""
    return f"{plural(len(days), 'open barrier')}, oldest {plural(max(days), 'day')}" if days else ""


def slowest_words(found: Sequence[TimeTo]) -> str:
    """The slowest key whose interval lies above that of the fastest; else what can be said at all."""
    timed = [t for t in found if t.median is not None and t.low is not None]
    if not timed:
        return "Too few barriers have been resolved to say how long they take."
    slow, fast = max(timed, key=lambda t: t.median or 0), min(timed, key=lambda t: t.median or 0)
    said = f"Half of {slow.label}'s barriers take {_days(slow)} or more"
    if slow is not fast and fast.high is not None and (slow.low or 0) > fast.high:
        return f"{said}, half of {fast.label}'s {_days(fast)}."
    return "No difference in days to resolve is beyond chance." if len(timed) > 1 else f"{said}."


def _days(found: TimeTo) -> str:
    ends = f"{found.low} to {found.high}" if found.high is not None else f"at least {found.low}"
    return f"{found.median} days ({ends})"


def recurring_words(found: Sequence[Cause]) -> str:
    """The cause that comes back most."""
    if not found or found[0].n < 2:
        return "No cause has come back in twelve months."
    first, every = found[0], sum(cause.n for cause in found)
    most = f"{first.n} of {plural(every, 'barrier')} in twelve months"
    return f"{first.label} at {first.department} comes back most: {most}."


def proposed_words(n: int, stuck: int) -> str:
    """What the data show that nobody has opened."""
    if not n:
        return "Nothing in the data asks for a new barrier"
    many, places = plural(stuck, "referral"), plural(n, "practice and line", "pairs of practice and line")
    return f"{many} {'is' if stuck == 1 else 'are'} stuck at {places} where no barrier is open"


def introduced_words(n: int, met: int) -> str:
    """How many introductions were asked for, and how many met."""
    return (
        f"{plural(n, 'introduction')}, {met:,} of them met" if n else "Nobody has been introduced to a specialist yet"
    )


def overdue_words(n: int, days: int, where: str, escalated: int, managers: Sequence[str]) -> tuple[str, str]:
    """The strong part and the rest: '4 barriers are overdue', ', the latest by 29 days at Maple Family.'"""
    short = f"{plural(n, 'barrier')} {'is' if n == 1 else 'are'} overdue"
    rest = f", by {plural(days, 'day')} at {where}." if n == 1 else f", the latest by {plural(days, 'day')} at {where}."
    if escalated:
        whom = " and ".join(managers) if managers else "nobody, since no person on record has the role manager"
        rest += f" {escalated:,} {'is' if escalated == 1 else 'are'} escalated to {whom}."
    return short, rest
