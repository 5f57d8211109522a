"""What is asked for when `serve` starts: what was never made of the data that are in. A page run asks for nothing."""

from liaison.facts.home import Home
from liaison.jobs import queue
from liaison.models.stored.effects import newest_effect
from liaison.store import reading


def ask_for_first_estimate(home: Home) -> bool:
    """Whether an estimate was asked for: where referrals are in, none was ever made, and none is on its way."""
    if not home.live().newest_extract:
        return False
    with reading(home.store) as connection:
        made = newest_effect(connection) is not None
    under_way = any(job.kind == "effect" and not job.over for job in queue.jobs(home))
    if made or under_way:
        return False
    queue.enqueue(home, "effect", {"follows": "serve"})
    return True
