"""What the catalogue and what was left come to, in sentences."""

from collections.abc import Sequence

from liaison.fieldwork.materials import Left, Material


def headline(force: Sequence[Material], found: Sequence[Left]) -> str:
    """How many practices hold something that is out of date."""
    if not found:
        many = len(force)
        return f"{many:,} material{'' if many == 1 else 's'} may be left, none was left yet"
    old = {one.practice_id for one in found if one.outdated}
    every = len({one.practice_id for one in found})
    if not old:
        if every == 1:
            return "What was left at 1 practice is up to date"
        return f"What was left at {every:,} practices is up to date"
    return f"{len(old):,} of {every:,} practices hold something that is out of date"
