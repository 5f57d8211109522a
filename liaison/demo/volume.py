"""How many referrals come of what was expected: the draw on which both the file and its truth stand."""

from dataclasses import dataclass

import numpy as np

from liaison.demo.clinicians import Clinicians, build_clinicians
from liaison.demo.flows import CAUSED, IN, OUT, UNKNOWN, Flows, build_flows
from liaison.demo.market import Market, Numbers, build_market
from liaison.demo.options import Options
from liaison.demo.visits import LAG, Programme, build_programme


@dataclass(frozen=True)
class World:
    """Everything about one fictional market. `counts` [month, practice, line, kind] sums to the referrals asked for;
    kinds are IN, OUT, UNKNOWN and CAUSED (in network, and only because of a visit). `scale` turns the flows'
    relative figures into referrals."""

    market: Market
    clinicians: Clinicians
    flows: Flows
    programme: Programme
    counts: Numbers
    scale: float


def build_world(options: Options) -> World:
    market = build_market(options)
    flows = build_flows(market, beyond=len(LAG))
    programme = build_programme(market, flows)
    expected = _expected(options, flows, programme)
    total = expected.sum()
    draw = options.draw("volume")
    counts = draw.multinomial(options.referrals, (expected / total).ravel()).reshape(expected.shape)
    return World(market, build_clinicians(market), flows, programme, counts, options.referrals / total)


def _expected(options: Options, flows: Flows, programme: Programme) -> Numbers:
    """[month, practice, line, kind] relative figures within the window."""
    months = options.months
    parts = np.empty((months, *flows.kept[:, 0].shape, 4))
    kept = flows.kept[:, :months].swapaxes(0, 1)
    parts[..., IN] = kept
    parts[..., OUT] = flows.lost[:, :months].swapaxes(0, 1)
    parts[..., UNKNOWN] = flows.unknown[:, :months].swapaxes(0, 1)
    parts[..., CAUSED] = kept * programme.lift[:, :months].T[:, :, None]
    return parts
