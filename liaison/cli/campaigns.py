"""The command of campaigns: plans, freezes the list, briefs, makes the tasks, shows the progress."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from liaison.cli.options import opened_home
from liaison.cli.show import show
from liaison.errors import LiaisonError

ACTOR = "command line"
Id = Annotated[str | None, typer.Option("--campaign", metavar="ID", help="One campaign. Default: all.")]
Plan = Annotated[str | None, typer.Option("--plan", metavar="TITLE", help="Plan a campaign of this title.")]
What = Annotated[str, typer.Option("--what", metavar="KIND", help="service, site, specialist or other.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="ID", help="Whose campaign it is, to plan one.")]
Starts = Annotated[str | None, typer.Option("--starts", metavar="YYYY-MM-DD", help="First day. Default: today.")]
Line = Annotated[str | None, typer.Option("--line", metavar="LINE", help="Which service line it is about.")]
Message = Annotated[str | None, typer.Option("--message", metavar="WORDS", help="What practices are told.")]
Materials = Annotated[str | None, typer.Option("--materials", metavar="IDS", help="What is left, parted by ;")]
Share = Annotated[float, typer.Option("--aside", metavar="SHARE", min=0, max=0.5, help="Share kept aside by lot.")]
Seed = Annotated[int | None, typer.Option("--seed", metavar="N", min=0, help="Of the lot. Default: one is drawn.")]
Freeze = Annotated[
    Path | None, typer.Option("--freeze", metavar="FILE", help="Draw the list once, from practice ids, one a line.")
]
Introduce = Annotated[bool, typer.Option("--introduce", help="Make a task for each target not introduced yet.")]
Brief = Annotated[str | None, typer.Option("--brief", metavar="WHO", help="Write down that these staff were briefed.")]


def add_to(app: typer.Typer) -> None:
    app.command("campaigns")(campaigns)


def campaigns(
    campaign: Id = None,
    plan: Plan = None,
    what: What = "service",
    owner: Owner = None,
    starts: Starts = None,
    line: Line = None,
    message: Message = None,
    materials: Materials = None,
    aside: Share = 0.25,
    seed: Seed = None,
    freeze: Freeze = None,
    introduce: Introduce = False,
    brief: Brief = None,
) -> None:
    """Campaigns with their frozen lists: who was introduced within 30, 60 and 90 days, who is overdue.

    A list is drawn once, with the part kept aside by lot; afterwards neither can be changed.

    \b
    Example: python -m liaison campaigns --plan "Stroke clinic" --owner L1 --starts 2026-12-07 --freeze ids.txt
    """
    from liaison.fieldwork import campaign_list as lists
    from liaison.fieldwork.one_campaign import campaign_file, campaign_files
    from liaison.models.campaign_sizes import can_tell
    from liaison.store import reading

    with opened_home() as home:
        today = datetime.now(home.settings.time_zone).date().isoformat()
        if plan is not None:
            values = {"title": plan, "what": what, "person_id": owner, "starts": starts or today}
            more = {"service_line": line, "message": message, "materials": materials, "kept_aside": aside}
            drawn_by = None if seed is None else str(seed)
            campaign = lists.plan_campaign(home.store, {**values, **more, "seed": drawn_by}, actor=ACTOR)
        if campaign is None and (freeze or introduce or brief):
            raise LiaisonError("Which campaign is not said.", remedy="Name it with --campaign, or plan one.")
        told: dict[str, Any] = {}
        if campaign is not None:
            if freeze is not None:
                ids = _ids(freeze)
                done = lists.freeze(home.store, campaign, ids, _volumes(home), today, actor=ACTOR)
                told["frozen"] = done.__dict__
            if introduce:
                told["tasks"] = lists.introduce(home.store, campaign, today, actor=ACTOR)
            if brief is not None:
                given = {"audience": brief, "briefed_on": today, "person_id": owner}
                lists.brief(home.store, campaign, given, actor=ACTOR)
        with reading(home.store) as conn:
            found = campaign_files(conn, today) if campaign is None else (campaign_file(conn, campaign, today),)
        rows = [
            {
                **one.as_json(),
                "contaminated": [each.practice_id for each in one.contaminated],
                "within": {str(days): one.within(days) for days in lists.WAVES},
                "says": can_tell(len(one.targets), len(one.aside)) if one.frozen_on else "Its list is not frozen yet.",
            }
            for one in found
        ]
    show({"today": today, **told, "rows": rows})


def _ids(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise LiaisonError(f"{file.name} cannot be read: {error}.", remedy="Give a text file of ids.") from error


def _volumes(home: Any) -> dict[str, float]:
    """Practice -> referrals of the last twelve complete months; empty while there are none."""
    from liaison.access import owner
    from liaison.metrics.directory import directory
    from liaison.metrics.filters import Filters
    from liaison.vocabulary import Audience

    found = directory(home.live(), owner(), Audience.inside, Filters())
    return {row.practice_id: float(row.referrals) for row in found.rows}
