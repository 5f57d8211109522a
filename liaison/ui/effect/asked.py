"""What the pages read of the store: the newest estimate, and whether it is of the data as they stand.

The store is asked on every run for the few numbers that say whether anything changed; what hangs on them is kept.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from liaison.models.stored.effects import (
    ALL,
    EffectResult,
    EffectRun,
    effect_stamps,
    effect_up_to_date,
    newest_results,
)
from liaison.store import reading
from liaison.ui import homes
from liaison.ui.ask import kept
from liaison.ui.making import Made

ESTIMATE = Made(
    kind="effect",
    empty="No estimate yet: no referrals are in",
    none="No estimate has been made yet",
    nothing_to="Nothing to estimate yet",
    nothing="Nothing has been estimated yet",
    brings="This page says what visits caused, beyond what practices like the visited ones sent anyway, how sure that "
    "is, and what it was worth. It is worked out from referrals, visits, costs and margins, in less than a minute.",
    too_little="There is too little to estimate from",
    button="Make the estimate",
    key="effect",
    this="This estimate",
    other="visits, people, costs or margins",
)


@dataclass(frozen=True)
class Found:
    """The newest run, what it says of each span, and whether it is of the data as they stand; `drawn`: visits by lot
    so far."""

    run: EffectRun
    spans: dict[str, EffectResult]
    fresh: bool
    drawn: int

    def of(self, span: str) -> EffectResult:
        return self.spans.get(span) or self.spans[ALL]

    def key(self, *more: Hashable) -> tuple[Hashable, ...]:
        """Everything that decides what is drawn of this run."""
        return (str(homes.home().path), self.run.run_id, *more)


def newest() -> Found | None:
    """Read on every run: one lookup, and the papers where it says that they changed."""
    at = str(homes.home().path)
    with reading(homes.home().store) as connection:
        stamps = effect_stamps(connection)
        if stamps.run_id is None:
            return None
        held = kept().get((at, "effect", stamps.run_id), lambda: newest_results(connection))
        if held is None:
            return None
        run, spans = held
        key = (at, "effect-fresh", run.run_id, stamps.data_id, stamps.written)
        fresh = kept().get(key, lambda: effect_up_to_date(connection, run))
    return Found(run, spans, fresh, stamps.drawn)


def ready(title: str) -> Found | None:
    """The newest run; where there is none, the page says what would be here and how to get it."""
    found = newest()
    if found is None:
        ESTIMATE.none_yet(title)
    return found


def tell(found: Found) -> None:
    """Whether it is older than the data, and how far the next one is."""
    if not found.fresh:
        ESTIMATE.tell(found.run.fitted_at, found.run.data_id)
