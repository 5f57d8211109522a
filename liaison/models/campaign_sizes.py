"""Whether a campaign's list is long enough for its effect to be told at all, said before the list is frozen."""

from liaison.models.effect.checks import LEAST_PEERS, LEAST_VISITED


def can_tell(targets: int, aside: int) -> str:
    """A sentence for two group sizes; the least that an estimate needs are those of the programme effect."""
    groups = f"{targets:,} {'target' if targets == 1 else 'targets'} and {aside:,} kept aside"
    if targets >= LEAST_VISITED and aside >= LEAST_PEERS:
        return f"{groups}: enough for the comparison to say something, once months have passed."
    if aside == 0:
        return f"{groups}: targets will be compared with other practices like them, not with a group drawn by lot."
    need = f"at least {LEAST_VISITED} targets and {LEAST_PEERS} kept aside"
    return f"{groups}: too few for a number of what the campaign brings. It takes {need}."
