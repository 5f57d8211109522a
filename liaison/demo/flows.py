"""How many referrals a practice is expected to send, by month, line and destination: all shapes but the visits."""

from dataclasses import dataclass

import numpy as np

from liaison.demo.lines import LEAK, LEANS, LINES, OPENING_LINE, SEASON, SEASON_OF_LINE, STUCK_LINE, VOLUME
from liaison.demo.market import CEDAR_POINT, NORTHGATE, OURS, RIDGELINE, SUMMIT, TYPES, Market, Numbers

GROWTH_A_YEAR = 0.05
WEATHER = (0.75, 0.14)  # a practice's own ups and downs: persistence and monthly spread of the log rate
UNKNOWN_SHARE = 0.12
DECLINE_TO = 0.35  # of its former volume, within eight months
OPENING_TAKES = 0.55  # of what we kept of the line in the opening's counties, within four months
IN, OUT, UNKNOWN, CAUSED = range(4)  # CAUSED: in network, and only because of a visit

STEADY, NEW, LAPSED, RETURNING, ONE_TIME, PROSPECT, DECLINING = range(7)
ROLES = ("steady", "new", "lapsed", "returning", "one_time", "prospect", "declining")
ROLE_SHARES = (0.855, 0.03, 0.03, 0.02, 0.025, 0.02, 0.02)


@dataclass(frozen=True)
class Flows:
    """Expected referrals [practice, month, line] without any visit, relative until scaled: to us, elsewhere, unknown.

    They reach `beyond` months past the window, for what the next visit would bring. `role` is a position in ROLES.
    """

    kept: Numbers
    lost: Numbers
    unknown: Numbers
    role: Numbers


def build_flows(market: Market, beyond: int) -> Flows:
    draw = market.options.draw("flows")
    role, size = _roles(market, draw)
    volume = _volume(market, draw, role, size, market.options.months + beyond)
    to_us = _share_to_us(market, draw, volume.shape[1])
    unsure = np.clip(draw.normal(UNKNOWN_SHARE, 0.03, (len(role), 1, len(LINES))), 0.03, 0.25)
    kept = volume * (1 - unsure) * to_us
    lost = volume * (1 - unsure) * (1 - to_us)
    unknown = volume * unsure
    hidden = market.received_only[:, None, None]
    return Flows(kept, np.where(hidden, 0, lost), np.where(hidden, 0, unknown), role)


def _roles(market: Market, draw: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Roles and sizes: at least one practice for every role; those that decline or arrive are large enough to see."""
    role = draw.choice(len(ROLES), market.options.practices, p=ROLE_SHARES)
    large = np.argsort(-market.size, kind="stable")
    shown = large[~market.received_only[large]]
    middle = shown[len(shown) // 10 :]
    role[middle[: len(ROLES) - 2]] = [NEW, LAPSED, RETURNING, ONE_TIME, DECLINING]
    role[shown[:3]] = STEADY
    role[shown[3]] = DECLINING
    noticed = np.isin(role, (NEW, LAPSED, RETURNING, DECLINING))
    return role, np.where(noticed, np.maximum(market.size, 0.8), market.size)


def _volume(market: Market, draw: np.random.Generator, role: Numbers, size: Numbers, months: int) -> Numbers:
    """Size x lines of the type x season x growth x own weather x what its role does."""
    lean = np.array([[LEANS.get(t, {}).get(line, 1.0) for line in LINES] for t in TYPES])
    mix = VOLUME * lean[market.kind] * np.exp(draw.normal(0, 0.25, (len(role), len(LINES))))
    calendar = (market.options.first + np.arange(months)) % 12
    season = SEASON[calendar][:, None] * np.array([SEASON_OF_LINE.get(line, np.ones(12)) for line in LINES]).T[calendar]
    growth = (1 + GROWTH_A_YEAR) ** (np.arange(months) / 12)
    practice = size[:, None] * _weather(market, draw, months) * _presence(market, draw, role, months)
    return practice[:, :, None] * mix[:, None, :] * (season * growth[:, None])[None]


def _weather(market: Market, draw: np.random.Generator, months: int) -> Numbers:
    """AR(1) in the log, with gamma noise on top that makes counts negative binomial; past the window what is expected.

    The noise is less for large practices (k = 10 for one of average size): they are many people's decisions.
    """
    keep, spread = WEATHER
    shocks = draw.normal(0, spread, (market.options.practices, months))
    level = np.zeros_like(shocks)
    level[:, 0] = shocks[:, 0] / np.sqrt(1 - keep**2)
    for month in range(1, months):
        level[:, month] = keep * level[:, month - 1] + shocks[:, month]
    steady = 4 + 6 * market.size[:, None]
    weather = np.exp(level) * draw.gamma(steady, 1 / steady, level.shape)
    weather[:, market.options.months :] = np.exp(spread**2 / (1 - keep**2) / 2)
    return weather


def _presence(market: Market, draw: np.random.Generator, role: Numbers, months: int) -> Numbers:
    """[practice, month] factor from 0 to 1: who is new, gone, back, a single referral's guest, or fading."""
    last = market.options.months - 1
    month = np.arange(months)
    there = np.ones((len(role), months))
    for practice in np.flatnonzero(role != STEADY):
        pick = int(draw.integers(0, 3))
        if role[practice] == NEW:
            there[practice] = month > last - 1 - pick
        elif role[practice] == LAPSED:
            there[practice] = month < last - 2 - pick
        elif role[practice] == RETURNING:
            there[practice] = (month < last - 9 - pick) | (month > last - 1 - min(pick, 1))
        elif role[practice] == ONE_TIME:
            there[practice] = 0.3 * (month == last - 1 - pick)
        elif role[practice] == PROSPECT:
            there[practice] = 0
        else:
            fade = np.clip((month - market.options.decline_start) / 8, 0, 1)
            there[practice] = 1 - (1 - DECLINE_TO) * fade
    return there


def _share_to_us(market: Market, draw: np.random.Generator, months: int) -> Numbers:
    """[practice, month, line]: of referrals with a known destination, the share that stays with us."""
    count = len(market.owner)
    leans = {OURS: 1.5, NORTHGATE: -3.4, SUMMIT: -2.6, CEDAR_POINT: -2.8, RIDGELINE: 0.1}
    lean = np.array([leans.get(int(owner), 0.6) for owner in market.owner])
    practice = lean + draw.normal(0, 0.7, count) - np.maximum(market.miles - 8, 0) / 60
    line = np.log((1 - LEAK) / LEAK)
    logit = practice[:, None] + line + draw.normal(0, 0.45, (count, len(LINES)))
    share = np.repeat((1 / (1 + np.exp(-logit)))[:, None, :], months, axis=1)
    month = np.arange(months)
    opened = np.clip((month - market.options.opening + 1) / 4, 0, 1) * OPENING_TAKES
    near = in_opening(market)
    share[near, :, OPENING_LINE] *= 1 - opened
    waits = np.clip((month - market.options.stuck_from) / 10, 0, 1) * 0.18  # some will not wait
    share[:, :, STUCK_LINE] *= 1 - waits
    return share


def in_opening(market: Market) -> Numbers:
    """Which practices lie where the competitor opens."""
    return np.isin(market.county, market.metro.opening_counties)
