"""What the ledger says in sentences, from its own balances alone."""

from liaison.fieldwork.gift_ledger import Audited, Balance
from liaison.fieldwork.gifts import dollars

DEFINITION = (
    "Given: gifts and meals of the calendar year that are not voided, at the physician's share; of a meal, its cost by "
    "all who ate, rounded up to a cent. Limit: non-monetary compensation, 42 CFR 411.357(k). A repayment mends what "
    "was too much, at most half the limit, within 180 days and the year; it makes no room for another gift. Benefits "
    "on the campus (411.357(m)) have a limit of their own and are not added. Gifts to close family count as the "
    "physician's."
)


def headline(told: Audited) -> str:
    """Who is over, who is near, in one sentence."""
    if told.limit is None:
        return f"No limit is on record for {told.year}: nothing can be entered until there is one"
    if not told.balances:
        return f"Nothing is on record for {told.year}: each physician may be given {dollars(told.limit.cents)}"
    over = sum(each.over for each in told.balances)
    near = sum(each.near and not each.over for each in told.balances)
    every = len(told.balances)
    parts = []
    if over:
        parts.append(f"{_physicians(over)} passed the limit of {dollars(told.limit.cents)} with an override")
    if near:
        parts.append(
            f"{f'{near:,}' if over else _physicians(near)} {'is' if near == 1 else 'are'} within a fifth of "
            f"{'it' if over else f'the limit of {dollars(told.limit.cents)}'}"
        )
    if not parts:
        stay = "stays" if every == 1 else "stay"
        return f"All {_physicians(every)} {stay} below four fifths of {dollars(told.limit.cents)} in {told.year}"
    return ", ".join(parts) + f" in {told.year}"


def warnings(told: Audited) -> list[str]:
    """What an auditor reads first, a sentence each: who is near or past the limit, and each override that stands."""
    said = []
    for each in sorted(told.balances, key=lambda one: (one.name, one.npi)):
        if each.limit is None or not each.near:
            continue
        repaid = f", {dollars(each.repaid)} repaid" if each.repaid else ""
        past = f", {dollars(each.given - each.limit)} past the limit" if each.over else ""
        said.append(f"{each.name}: {dollars(each.given)} of {dollars(each.limit)} given{past}{repaid}; {each.state}.")
    return said + [
        f"Override on {line.given_on}, {line.name}, {dollars(line.cents)}: {line.override}"
        for line in reversed(told.entries)
        if line.override and line.voided is None
    ]


def preview(after: Balance, more: int) -> str:
    """What an entry would come to for one physician."""
    if after.limit is None:
        return f"{after.name}: no limit is on record for {after.year}."
    said = f"{after.name}: {dollars(after.given - more)} given in {after.year}, {dollars(after.given)} with this"
    if after.over:
        return f"{said}, **{dollars(after.given - after.limit)} past the limit of {dollars(after.limit)}**."
    return f"{said}, of {dollars(after.limit)}" + (". **Near the limit.**" if after.near else ".")


def _physicians(many: int) -> str:
    return f"{many:,} physician{'' if many == 1 else 's'}"
