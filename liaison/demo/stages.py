"""When each referral was received, scheduled, seen and closed, or how it ended; unknown at the as-of date is blank."""

from dataclasses import dataclass

import numpy as np

from liaison.demo.flows import OUT, UNKNOWN
from liaison.demo.lines import SCHEDULE, STUCK_LINE, WAIT
from liaison.demo.market import Numbers
from liaison.demo.options import Options, day_number

BLANK = -(2**31)  # a date that is not there
EXITS = ("declined", "cancelled", "no_show", "expired")
DECLINED, CANCELLED, NO_SHOW, EXPIRED = range(4)
SPEED = np.array([1.0, 0.4, 0.12], dtype=np.float32)  # routine, urgent, stat
AUTHORISED_SHARE = np.array([0.35, 0.05, 0.75, 0.45, 0.0], dtype=np.float32)  # by payer, in the order of PAYERS

DECLINE_RISK, CANCEL_RISK, NO_SHOW_RISK, LATE_CANCEL_RISK = 0.03, 0.05, 0.07, 0.05
PATIENCE = 75  # days to a date after which half of the referrals expire
REBOOKED_SHARE = 0.3  # of no-shows, seen later after all
REPORT_SHARE = 0.64
NOT_RECORDED = 0.015  # scheduled and seen, but nobody wrote the scheduling date down
UNDATED_EXIT = 0.005
OUT_OF_ORDER = 0.002  # received before it was created, says the file


@dataclass
class Course:
    """Days since 1970-01-01 (int32, BLANK where there is none) and the exit (position in EXITS, -1 for none)."""

    received: Numbers
    authorised: Numbers
    scheduled: Numbers
    appointment: Numbers
    seen: Numbers
    closed: Numbers
    exited: Numbers
    exit: Numbers

    def dates(self) -> tuple[Numbers, ...]:
        return (self.received, self.authorised, self.scheduled, self.appointment, self.seen, self.closed)


def stuck_factor(options: Options, month: int) -> float:
    """How much longer than usual the stuck line takes to give a date: grows for ten months up to five times."""
    return 1.0 + 4.0 * min(max(month - options.stuck_from, 0) / 10, 1.0)


def run_course(
    draw: np.random.Generator,
    options: Options,
    month: int,
    *,
    created: Numbers,
    line: Numbers,
    kind: Numbers,
    priority: Numbers,
    payer: Numbers,
) -> Course:
    """Each referral's way through the stages, then cut at the extract's date."""
    many = len(created)
    speed = SPEED[priority]
    slow = np.where(line == STUCK_LINE, stuck_factor(options, month), 1.0).astype(np.float32)
    risk = [draw.random(many, dtype=np.float32) for _ in range(5)]

    def days(median: Numbers | float, spread: float) -> Numbers:
        return np.rint(median * np.exp(spread * draw.standard_normal(many, dtype=np.float32))).astype(np.int32)

    received = created + days(1.6 * speed, 0.8)
    authorised = received + days(3.0 * speed, 0.6)
    needs = draw.random(many, dtype=np.float32) < AUTHORISED_SHARE[payer]
    to_schedule = days(SCHEDULE.astype(np.float32)[line] * speed * slow, 0.7)
    scheduled = np.where(needs, authorised, received) + to_schedule
    appointment = scheduled + 1 + days(WAIT.astype(np.float32)[line] * speed, 0.6)
    course = Course(
        received=received,
        authorised=authorised,
        scheduled=scheduled,
        appointment=appointment,
        seen=appointment.copy(),
        closed=appointment.copy(),
        exited=received.copy(),
        exit=np.full(many, -1, dtype=np.int8),
    )
    course.authorised[~needs] = BLANK
    _end_early(course, risk, to_schedule, created)
    _attend(draw, course, risk)
    _hide_unseen(draw, course, kind)
    _cut(course, options)
    _muddle(draw, course, created)
    return course


def _end_early(course: Course, risk: list[Numbers], to_schedule: Numbers, created: Numbers) -> None:
    """Exits before a date is given: declined, given up, or run out while waiting."""
    declined = risk[0] < DECLINE_RISK
    expired = ~declined & (to_schedule > PATIENCE) & (risk[1] < 0.5)
    cancelled = ~declined & ~expired & (risk[2] < CANCEL_RISK + 0.002 * np.minimum(to_schedule, 60))
    early = declined | expired | cancelled
    for dates in (course.scheduled, course.appointment, course.seen, course.closed):
        dates[early] = BLANK
    course.authorised[declined] = BLANK
    course.exit[declined], course.exit[expired], course.exit[cancelled] = DECLINED, EXPIRED, CANCELLED
    course.exited[declined] += 1
    course.exited[cancelled] += 1 + to_schedule[cancelled] // 2
    course.exited[expired] = np.maximum(created[expired] + 90, course.received[expired])
    # An authorisation that would have come after the end did not come.
    course.authorised[early & (course.authorised > course.exited)] = BLANK
    course.exited[~early] = BLANK


def _attend(draw: np.random.Generator, course: Course, risk: list[Numbers]) -> None:
    """At the appointment: seen, missed (some are seen later) or called off; then the report, for most."""
    many = len(course.exit)
    booked = course.scheduled != BLANK
    missed = booked & (risk[3] < NO_SHOW_RISK)
    off = booked & ~missed & (risk[3] < NO_SHOW_RISK + LATE_CANCEL_RISK)
    course.exit[missed], course.exit[off] = NO_SHOW, CANCELLED
    course.exited[missed] = course.appointment[missed]
    course.exited[off] = np.maximum(course.appointment[off] - 1, course.scheduled[off])
    again = missed & (risk[4] < REBOOKED_SHARE)
    later = draw.integers(7, 40, many, dtype=np.int32)
    course.seen[again] = course.appointment[again] + later[again]
    course.seen[(missed & ~again) | off] = BLANK
    report = np.rint(9 * np.exp(0.8 * draw.standard_normal(many, dtype=np.float32))).astype(np.int32)
    told = (course.seen != BLANK) & (draw.random(many, dtype=np.float32) < REPORT_SHARE)
    course.closed[:] = np.where(told, course.seen + report, BLANK)


def _hide_unseen(draw: np.random.Generator, course: Course, kind: Numbers) -> None:
    """Nobody tells us how a referral elsewhere goes on; of unknown ones we know at most that they were received."""
    away = kind == OUT
    lost = away | (kind == UNKNOWN)
    for dates in (*course.dates()[1:], course.exited):
        dates[lost] = BLANK
    course.exit[lost] = -1
    course.received[away | (lost & (draw.random(len(kind), dtype=np.float32) > 0.3))] = BLANK


def _cut(course: Course, options: Options) -> None:
    """What happened after the extract is not in it."""
    last = np.int32(day_number(options.as_of) - 1)
    course.exit[course.exited > last] = -1
    for dates in (*course.dates(), course.exited):
        dates[dates > last] = BLANK


def _muddle(draw: np.random.Generator, course: Course, created: Numbers) -> None:
    """What real files have: a date nobody wrote down, a date before its predecessor, an exit without a date."""
    share = draw.random(len(created), dtype=np.float32)
    course.scheduled[(share < NOT_RECORDED) & (course.seen != BLANK)] = BLANK
    early = (share > 1 - OUT_OF_ORDER) & (course.received != BLANK)
    course.received[early] = created[early] - 2
    course.exited[(share > 0.5) & (share < 0.5 + UNDATED_EXIT)] = BLANK
