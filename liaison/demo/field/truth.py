"""What is true of the field, because it was made so."""

from collections import Counter
from typing import Any

from liaison.demo.field.scene import Row, Scene
from liaison.demo.field.visits import begins, visit_file
from liaison.demo.field.words import CARD, DEPARTMENTS, SURVEYED, VERSIONS
from liaison.demo.field.written import field
from liaison.vocabulary import CampaignArm

Truth = dict[str, Any]


def field_truth(scene: Scene) -> Truth:
    """Counts as of the extract's day; nothing here changes what a practice refers."""
    found = field(scene)
    records, events, arms = found.records, found.events, Counter(found.campaign.arms.values())
    credited = [row["event_id"] for row in events["events"] if row.get("accreditation_statement")]
    return {
        "changes_referrals": "visits, virtual visits and events do, as in `effect`; nothing else of the field does",
        "barriers": _barriers(scene, records["barriers"]),
        "events": {
            "held": sum(not row.get("cancelled") for row in events["events"]),
            "cancelled": sum(bool(row.get("cancelled")) for row in events["events"]),
            "with_credit": credited,
            "attended": len(events["attendance"]),
        },
        "feedback": {
            "by_department": dict(Counter(str(row["department"]) for row in records["feedback"])),
            "few": [one.name for one in SURVEYED if one.few],
            "slow": "Neurology clinic",
        },
        "ledger": _ledger(found.entries),
        "campaign": {
            "id": found.campaign.row["campaign_id"],
            "targets": arms[CampaignArm.target],
            "kept_aside": arms[CampaignArm.kept_aside],
            "reached_though_kept_aside": 0,
        },
        "promises": _promises(scene),
        "outdated": {"material": CARD, "practices": _outdated(scene)},
    }


def _barriers(scene: Scene, rows: list[Row]) -> Truth:
    standing = [row for row in rows if not row.get("voided")]
    day = scene.options.as_of.isoformat()
    open_ = [row for row in standing if not row.get("resolved_on") and not row.get("loop_closed_on")]
    return {
        "standing": len(standing),
        "open": len(open_),
        "overdue": sum(str(row["due_on"]) < day for row in open_),
        "resolved_loop_open": sum(bool(row.get("resolved_on")) and not row.get("loop_closed_on") for row in standing),
        "loop_closed": sum(bool(row.get("loop_closed_on")) for row in standing),
        "from_stuck_referrals": sum(row["source"] == "data" for row in standing),
        "median_days": {one.name: one.median for one in DEPARTMENTS},
        "cause": {one.name: one.kind for one in DEPARTMENTS},
    }


def _ledger(rows: list[Row]) -> Truth:
    total: Counter[str] = Counter()
    for row in rows:
        total[str(row["npi"])] += round(float(str(row["amount"])) * 100)
    return {"physicians": len(total), "dollars": {npi: cents / 100 for npi, cents in sorted(total.items())}}


def _promises(scene: Scene) -> Truth:
    """A practice's promise is the next step of its newest touch that has one."""
    file = visit_file(scene)
    made = file[file["next_step"] != ""].sort_values(["date", "visit_id"]).drop_duplicates("practice_id", keep="last")
    open_ = made[made["next_step_done_on"] == ""]
    return {"kept": int((file["next_step_done_on"] != "").sum()), "open": len(open_)}


def _outdated(scene: Scene) -> int:
    """Practices whose last card was left before the version in force."""
    file, now = visit_file(scene), max(begins(scene, one) for one in VERSIONS if one.id == CARD).isoformat()
    held = file[file["materials"].str.split(";").map(lambda ids: CARD in ids)].groupby("practice_id")["date"].max()
    return int((held < now).sum())
