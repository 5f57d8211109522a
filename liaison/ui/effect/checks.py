"""Every check as a sentence: what failed first, with what would cure it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from liaison.metrics.findings import effect as says
from liaison.models.stored.effects import EffectResult
from liaison.ui import parts
from liaison.ui.markup import html


def show(of: EffectResult) -> None:
    checks = of.told["checks"]
    parts.picture(
        says.checks_finding(checks),
        "What must hold before the figure is believed. Where one marked \u25cf fails, there is no number.",
    )
    html(listed(says.in_order(checks)))


def listed(checks: Sequence[Mapping[str, Any]]) -> str:
    """A list: state in words, the sentence, what would cure it."""
    return '<div class="lz-checks" role="list">' + "".join(_item(check) for check in checks) + "</div>"


def _item(check: Mapping[str, Any]) -> str:
    mark = '<abbr title="Decides whether there is a number">\u25cf</abbr> ' if check["decisive"] else ""
    cure = check["cure"] if check["state"] != "held" else None
    what = f" <em>{escape(says.typeset(cure))}</em>" if cure else ""
    words = f"{mark}{escape(says.typeset(check['says']))}{what}"
    state = check["state"]
    return f'<div role="listitem" class="{state}"><b>{escape(says.STATES[state])}</b><span>{words}</span></div>'
