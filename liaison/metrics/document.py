"""The definitions as a page: what docs/metrics.md says of each metric."""

from collections.abc import Iterator

from liaison.metrics.definitions import METRICS, Metric
from liaison.metrics.figure import date_words
from liaison.metrics.parts import Part

ORDER = (
    "volume",
    "leakage",
    "keepage",
    "unknown_destination",
    "organisation_share",
    "cause_share",
    "could_come_home",
    "funnel",
    "time_in_stage",
    "moved_on",
    "stuck",
    "stuck_share",
    "seen_by_wait",
    "loyalty",
    "continuum",
    "movement",
    "change",
    "shared_patient_share",
)


def in_order() -> list[Metric]:
    """Every registered metric; one that `ORDER` does not know stands last."""
    place = {name: i for i, name in enumerate(ORDER)}
    return sorted(METRICS.values(), key=lambda m: (place.get(m.name, len(place)), m.name))


def definition(metric: Metric) -> Iterator[str]:
    """One metric as Markdown lines."""
    yield f"### {metric.title}"
    yield ""
    yield metric.says
    yield ""
    if metric.denominator is not None and metric.numerator is not None:
        yield f"- Counted: {_words(metric.numerator)}, of: {_words(metric.denominator)}."
    elif metric.numerator is not None or metric.denominator is not None:
        yield f"- Counted: {_words(metric.numerator or metric.denominator)}."
    if metric.shown_beside:
        yield f"- Shown beside it: {', '.join(_words(p) for p in metric.shown_beside)}."
    yield from (f"- {rule}" for rule in metric.rules)
    yield f"- Why: {metric.why}"
    if metric.better != "neither":
        yield f"- Better: {metric.better}."
    yield f"- Source: {metric.source}."
    yield f"- Checked by: {metric.checked_by}. Looked at again by: {date_words(metric.review_by)}."
    yield f"- Name in JSON and code: `{metric.name}`."
    yield ""


def _words(part: Part | None) -> str:
    return part.says if part else ""
