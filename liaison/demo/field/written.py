"""The field's records into a home, by the door that pages write through."""

from dataclasses import dataclass

from liaison.demo.field.barriers import barriers
from liaison.demo.field.campaign import Campaign, campaign
from liaison.demo.field.events import events
from liaison.demo.field.gifts import enter, gifts
from liaison.demo.field.introductions import introductions
from liaison.demo.field.scene import Records, Row, Scene
from liaison.demo.field.visits import materials
from liaison.demo.field.voice import feedback, mentions
from liaison.facts.home import Home
from liaison.fieldwork.campaign_list import freeze
from liaison.fieldwork.records import counts, write
from liaison.store import reading, writing


@dataclass(frozen=True)
class Field:
    """`events` and `records`: kind -> rows, in the order in which they lean on each other; the ledger and the campaign
    are apart, since each entry and the list have a guard of their own."""

    events: Records
    records: Records
    entries: list[Row]
    campaign: Campaign


def field(scene: Scene) -> Field:
    """Everything that the field wrote down beside its visits."""
    met = events(scene)
    records: Records = {
        "materials": materials(scene),
        "barriers": barriers(scene),
        "introductions": introductions(scene),
        "feedback": feedback(scene),
        "mentions": mentions(scene),
    }
    return Field(met, records, gifts(scene, met["events"], met["attendance"]), campaign(scene))


def write_events(home: Home, scene: Scene, actor: str) -> None:
    """Events and who came, before the visits that say the same of each practice: the touch is one record."""
    with reading(home.store) as conn:
        if counts(conn)["events"]:  # a build that goes on after it was stopped
            return
    with writing(home.store) as conn:
        for kind, rows in events(scene).items():
            write(conn, kind, rows, actor)


def write_field(home: Home, scene: Scene, actor: str) -> None:
    """The rest, once."""
    with reading(home.store) as conn:
        there = counts(conn)
    found = field(scene)
    if not there["materials"]:
        with writing(home.store) as conn:
            for kind, rows in found.records.items():
                write(conn, kind, rows, actor)
            enter(conn, found.entries, str(scene.end.year), actor)
            write(conn, "campaigns", [found.campaign.row], actor)
    if not there["campaign_targets"] and len(found.campaign.volumes) > 1:
        plan = found.campaign
        freeze(home.store, str(plan.row["campaign_id"]), list(plan.volumes), plan.volumes, plan.frozen_on, actor=actor)
        with writing(home.store) as conn:
            write(conn, "briefings", plan.briefings, actor)
