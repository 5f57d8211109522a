"""How the extract says things: by name, alias or id, sometimes not at all, and now and then wrongly."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from liaison.demo.flows import IN, OUT, UNKNOWN, in_opening
from liaison.demo.lines import CODES, LINES, MARGIN, MARGIN_IN_FULL, MARGIN_IN_PART, OPENING_LINE, STUCK_LINE
from liaison.demo.market import CEDAR_POINT, DESTINATIONS, NORTHGATE, ORGANISATIONS, OURS, SUMMIT, Numbers
from liaison.demo.volume import World
from liaison.demo.writing import Rows

PRIORITIES = ("routine", "urgent", "stat")
PAYERS = ("Commercial", "Medicare", "Medicare Advantage", "Medicaid", "Self-pay")
PAYER_SHARES = (0.42, 0.27, 0.13, 0.15, 0.03)
REASONS = ("No appointment soon enough", "Patient's choice", "Closer to home", "Plan network", "Service not offered")
REASON_SHARES = (0.24, 0.30, 0.22, 0.16, 0.08)
STUCK_REASON_SHARES = (0.62, 0.16, 0.10, 0.08, 0.04)
STATUSES = ("in", "out", "unknown")
STRANGERS = ("Outside provider", "See notes")  # destinations that name nobody

BAD_NPI, NO_NPI, NO_PRACTICE = 0.004, 0.02, 0.03
NO_STATUS, STATUS_UNKNOWN, CONTRADICTION = 0.10, 0.04, 0.003
NO_DESTINATION_NAME, NO_SPECIALIST = 0.05, 0.2
NO_TAXONOMY, NO_LINE, NO_PRIORITY, NO_PAYER, NO_REASON = 0.10, 0.06, 0.03, 0.02, 0.25


@dataclass(frozen=True)
class Spellings:
    """`lists`: for each text column its spellings. Methods fill `rows.coded` with positions in them."""

    world: World
    lists: dict[str, pa.Array]
    name_of: Numbers  # [organisation, 0 name 1 alias 2 last alias] -> position among destination spellings
    leaves_to: Numbers  # [line, organisation] cumulative shares of where referrals go that leave
    near_opening: Numbers  # bool by practice
    code_start: Numbers  # by line, in the list of taxonomy codes
    code_many: Numbers

    def payer(self, draw: np.random.Generator, practice: Numbers) -> Numbers:
        """Positions in PAYERS; children's practices and community clinics see more Medicaid."""
        payer = np.searchsorted(np.cumsum(PAYER_SHARES)[:-1], draw.random(len(practice)), side="right")
        poor = np.isin(self.world.market.kind[practice], (2, 5)) & (draw.random(len(practice)) < 0.4)
        return np.where(poor, PAYERS.index("Medicaid"), payer)

    def referrer(self, draw: np.random.Generator, month: int, rows: Rows) -> None:
        """Who refers. A blank name is only given where the NPI leads to one place; a bad NPI only beside a name."""
        practices = self.world.market.options.practices
        provider, alone, start, many = self.world.clinicians.roster(month, practices)
        share = draw.random(len(rows.practice), dtype=np.float32)
        at = start[rows.practice] + (share**1.4 * many[rows.practice]).astype(np.int64)
        who = provider[at]
        fate = draw.random(len(who), dtype=np.float32)
        bad, none = fate < BAD_NPI, (fate >= BAD_NPI) & (fate < BAD_NPI + NO_NPI)
        nameless = (fate > 1 - NO_PRACTICE) & alone[at]
        npis = len(self.world.clinicians.npis)
        rows.coded["referring_npi"] = np.where(none, -1, np.where(bad, who + npis, who))
        style = np.searchsorted([0.86, 0.92, 0.97], draw.random(len(who), dtype=np.float32), side="right")
        rows.coded["referring_practice"] = np.where(nameless, -1, style * practices + rows.practice)
        rows.coded["vantage"] = self.world.market.received_only[rows.practice].astype(np.int32)
        rows.bad_npi = int(bad.sum())

    def destination(self, draw: np.random.Generator, month: int, rows: Rows) -> None:
        """Where it goes. Whatever is left blank, what remains still says in or out for every known destination."""
        many, known = len(rows.kind), rows.kind != UNKNOWN
        organisation = np.where(rows.kind == OUT, self._competitor(draw, month, rows), OURS)
        fate, style = draw.random(many, dtype=np.float32), draw.random(many, dtype=np.float32)
        wrong = known & (fate < CONTRADICTION)  # the status is right, the name is not
        shown = np.where(wrong, np.where(rows.kind == IN, SUMMIT, OURS), organisation)
        opened = (organisation == NORTHGATE) & self._opened(month, rows)
        spelling = np.where(opened & ~wrong, 2, (style > 0.8).astype(np.int64))
        name = self.name_of[shown, spelling]
        specialist = self._specialist(draw, organisation, rows.line)
        nameless = known & ~wrong & (fate > 1 - NO_DESTINATION_NAME)
        unnamed = (draw.random(many, dtype=np.float32) < NO_SPECIALIST) & ~nameless
        stranger = np.where(style < 0.2, len(ORGANISATIONS) * 3 + (style < 0.08), -1)
        rows.coded["destination_organisation"] = np.where(known, np.where(nameless, -1, name), stranger)
        rows.coded["referred_to_npi"] = np.where(known & ~unnamed & ~wrong, specialist, -1)
        blank = (draw.random(many, dtype=np.float32) < NO_STATUS) & ~wrong
        unsure = (draw.random(many, dtype=np.float32) < STATUS_UNKNOWN) & ~wrong
        status = np.where(blank, -1, np.where(unsure, UNKNOWN, rows.kind))
        rows.coded["network_status"] = np.where(known, status, np.where(style < 0.6, UNKNOWN, -1))
        rows.contradictions = int(wrong.sum())

    def category(self, draw: np.random.Generator, month: int, rows: Rows, priority: Numbers, payer: Numbers) -> None:
        """Line, specialty, priority, payer and why it left. A line left blank still follows from the specialty."""
        fate = [draw.random(len(rows.kind), dtype=np.float32) for _ in range(6)]
        code = self.code_start[rows.line] + (fate[0] * self.code_many[rows.line]).astype(np.int64)
        no_line = fate[1] < NO_LINE
        rows.coded["service_line"] = np.where(no_line, -1, rows.line)
        rows.coded["taxonomy_code"] = np.where(~no_line & (fate[1] > 1 - NO_TAXONOMY), -1, code)
        rows.coded["priority"] = np.where(fate[2] < NO_PRIORITY, -1, priority)
        rows.coded["payer"] = np.where(fate[3] < NO_PAYER, -1, payer)
        usual = np.searchsorted(np.cumsum(REASON_SHARES)[:-1], fate[4], side="right")
        stuck = np.searchsorted(np.cumsum(STUCK_REASON_SHARES)[:-1], fate[4], side="right")
        waits = (rows.line == STUCK_LINE) & (month >= self.world.market.options.stuck_from)
        reason = np.where(waits, stuck, usual)
        rows.coded["out_of_network_reason"] = np.where((rows.kind == OUT) & (fate[5] > NO_REASON), reason, -1)

    def margin(self, draw: np.random.Generator, rows: Rows, seen: Numbers) -> Numbers:
        """Dollars of a seen referral that stayed, where the extract carries them; NaN elsewhere."""
        share = draw.random(len(seen), dtype=np.float32)
        amount = MARGIN[rows.line] * (0.6 + 0.8 * draw.random(len(seen), dtype=np.float32))
        full = np.isin(rows.line, [LINES.index(line) for line in MARGIN_IN_FULL])
        part = (rows.line == LINES.index(MARGIN_IN_PART)) & (share < 0.7)
        return np.where(seen & (full | part), np.round(amount, 2), np.nan)

    def _competitor(self, draw: np.random.Generator, month: int, rows: Rows) -> Numbers:
        """Which of the others: a competitor's practices mostly their own, the opening's area mostly the opening."""
        share = draw.random(len(rows.line))[:, None]
        other = 1 + (share > self.leaves_to[rows.line]).sum(axis=1)
        owner = self.world.market.owner[rows.practice]
        loyal = np.isin(owner, (NORTHGATE, SUMMIT, CEDAR_POINT)) & (draw.random(len(other)) < 0.75)
        other = np.where(loyal, owner, other)
        return np.where(self._opened(month, rows) & (draw.random(len(other)) < 0.8), NORTHGATE, other)

    def _opened(self, month: int, rows: Rows) -> Numbers:
        if month < self.world.market.options.opening:
            return np.zeros(len(rows.line), bool)
        return self.near_opening[rows.practice] & (rows.line == OPENING_LINE)

    def _specialist(self, draw: np.random.Generator, organisation: Numbers, line: Numbers) -> Numbers:
        many = self.world.clinicians.many[organisation, line]
        at = (draw.random(len(line), dtype=np.float32) ** 1.3 * many).astype(np.int64)
        return self.world.clinicians.start[organisation, line] + at


def build_spellings(world: World) -> Spellings:
    draw = world.market.options.draw("spellings")
    practices, npis = world.market.practices, world.clinicians.npis
    aliases = practices["aliases"].where(practices["aliases"] != "", practices["name"])
    named = [*practices["name"], *practices["name"].str.upper(), *aliases, *practices["practice_id"]]
    shifts = draw.integers(1, 10, len(npis))
    wrong = [f"{npi[:-1]}{(int(npi[-1]) + int(shift)) % 10}" for npi, shift in zip(npis, shifts, strict=True)]
    spelled = [(name, (others or name).split(";")) for _, name, _, others in ORGANISATIONS]
    names = [spelling for name, others in spelled for spelling in (name, others[0], others[-1])]
    codes = [code for line in LINES for code in CODES[line]]
    many = np.array([len(CODES[line]) for line in LINES])
    appeal = draw.uniform(0.5, 1.5, (len(LINES), len(DESTINATIONS) - 1)) * np.array([2.6, 1.8, 1.2, 0.8, 1.0])
    return Spellings(
        world=world,
        lists={
            "referring_npi": pa.array([*npis, *wrong]),
            "referring_practice": pa.array(named),
            "vantage": pa.array(["ordered", "received"]),
            "referred_to_npi": pa.array(npis),
            "destination_organisation": pa.array([*names, *STRANGERS]),
            "network_status": pa.array(STATUSES),
            "out_of_network_reason": pa.array(REASONS),
            "taxonomy_code": pa.array(codes),
            "service_line": pa.array(LINES),
            "priority": pa.array(PRIORITIES),
            "payer": pa.array(PAYERS),
        },
        name_of=np.arange(len(ORGANISATIONS) * 3).reshape(-1, 3),
        leaves_to=np.cumsum(appeal / appeal.sum(axis=1, keepdims=True), axis=1)[:, :-1],
        near_opening=in_opening(world.market),
        code_start=np.cumsum(many) - many,
        code_many=many,
    )
