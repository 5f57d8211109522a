"""Facts with every name and code read: the rows that all counting starts from.

The rules are those of the field's document (docs/metrics.md, Resolution), in the order in which they apply.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, select

from liaison.facts.columns import batches, referral
from liaison.facts.rollups import resolved
from liaison.facts.supersede import is_current
from liaison.metrics.resolution import name_reading, practice_span, provider_span
from liaison.vocabulary import NONE, NetworkStatus

FOUND_BY = {"nothing": 0, "name": 1, "only place of the NPI": 2, "name as given": 3, "first place of the NPI": 4}

_practice_name = name_reading.alias("practice_name")
_organisation_name = name_reading.alias("organisation_name")
_line_name = name_reading.alias("line_name")
_line_code = name_reading.alias("line_code")
_payer_name = name_reading.alias("payer_name")
_cause_name = name_reading.alias("cause_name")
_referrer = provider_span.alias("referrer")
_receiver = provider_span.alias("receiver")


def _named(joined: FromClause, reading: Any, field: str, column: ColumnElement[str]) -> FromClause:
    return joined.outerjoin(reading, and_(reading.c.field == field, reading.c.name == column))


def _dated(joined: FromClause, span: Any, key: ColumnElement[str], column: ColumnElement[str]) -> FromClause:
    month = referral.c.month_id
    return joined.outerjoin(span, and_(key == column, month >= span.c.first_month, month <= span.c.last_month))


def _joined(practice: ColumnElement[str]) -> FromClause:
    r = referral.c
    joined: FromClause = referral.join(batches, batches.c.batch == r.batch)
    joined = _named(joined, _practice_name, "referring_practice", r.referring_practice)
    joined = _named(joined, _organisation_name, "destination_organisation", r.destination_organisation)
    joined = _named(joined, _line_name, "service_line", r.service_line)
    joined = _named(joined, _line_code, "taxonomy_code", r.taxonomy_code)
    joined = _named(joined, _payer_name, "payer", r.payer)
    joined = _named(joined, _cause_name, "out_of_network_reason", r.out_of_network_reason)
    joined = _dated(joined, _referrer, _referrer.c.npi, r.referring_npi)
    joined = _dated(joined, _receiver, _receiver.c.npi, r.referred_to_npi)
    return _dated(joined, practice_span, practice_span.c.practice, practice)


def resolved_rows(months: tuple[int, ...], replaced: bool = True) -> Select[Any]:
    """The columns of `facts.rollups.resolved` for current rows of these months, by practice.

    `replaced` False where no version of any row was ever replaced: looking for one costs a sixth of the count.
    """
    r = referral.c
    practice = func.coalesce(
        _practice_name.c.record_id,
        _referrer.c.only_practice,
        _practice_name.c.given_id,
        _referrer.c.first_practice,
        NONE,
    )
    ours = func.coalesce(_organisation_name.c.ours, _receiver.c.ours)
    given = r.network_status.in_([NetworkStatus.inside, NetworkStatus.out])
    found = case((ours == 1, NetworkStatus.inside.value), (ours == 0, NetworkStatus.out.value), else_="unknown")
    status = case((given, r.network_status), else_=found)
    organisation = func.coalesce(
        _organisation_name.c.record_id, _receiver.c.organisation, _organisation_name.c.given_id, NONE
    )
    cause = case((status == NetworkStatus.out, func.coalesce(_cause_name.c.record_id, NONE)), else_=NONE)
    values = {
        "as_of": batches.c.as_of,
        "practice": practice,
        "territory": func.coalesce(practice_span.c.territory, NONE),
        "practice_group": func.coalesce(practice_span.c.practice_group, NONE),
        "practice_type": func.coalesce(practice_span.c.practice_type, NONE),
        "line": func.coalesce(_line_name.c.record_id, _line_code.c.record_id, NONE),
        "status": status,
        "organisation": organisation,
        "cause": cause,
        "payer": func.coalesce(_payer_name.c.record_id, NONE),
        "priority": func.coalesce(r.priority, NONE),
        **_checks(practice, status),
    }
    columns = [(values[c.name] if c.name in values else r[c.name]).label(c.name) for c in resolved.columns]
    rows = select(*columns).select_from(_joined(practice))
    rows = rows.where(is_current(referral)) if replaced else rows
    return rows.where(r.month_id.in_(months)).order_by(practice)


def _checks(practice: ColumnElement[str], status: ColumnElement[str]) -> dict[str, ColumnElement[Any]]:
    """What quality counts of a row: how its practice was found, and where its own words contradict each other."""
    by_name = _practice_name.c.record_id.is_not(None)
    found_by = case(
        (by_name, FOUND_BY["name"]),
        (_referrer.c.only_practice.is_not(None), FOUND_BY["only place of the NPI"]),
        (_practice_name.c.given_id.is_not(None), FOUND_BY["name as given"]),
        (_referrer.c.first_practice.is_not(None), FOUND_BY["first place of the NPI"]),
        else_=FOUND_BY["nothing"],
    )
    disagrees = case((and_(by_name, _referrer.c.only_practice != _practice_name.c.record_id), 1), else_=0)
    ours = func.coalesce(_organisation_name.c.ours, _receiver.c.ours)
    named_status = case((ours == 1, "in"), (ours == 0, "out"))
    return {
        "found_by": found_by,
        "disagrees": disagrees,
        "contradicts": case((status != named_status, 1), else_=0),
        "no_npi": case((referral.c.referring_npi.is_(None), 1), else_=0),
        "named_only": case((_organisation_name.c.given_id.is_not(None), 1), else_=0),
    }
