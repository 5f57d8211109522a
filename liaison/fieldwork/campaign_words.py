"""What is said of campaigns, in sentences."""

from collections.abc import Sequence

from liaison.fieldwork.one_campaign import CampaignFile
from liaison.vocabulary import CampaignKind

DEFINITION = (
    "A campaign's list is drawn once, on its first day at the latest. Within strata of volume (referrals of "
    "twelve months when it was frozen) a lot puts a part of the practices aside; the seed is kept, so that "
    "anybody can draw it again. Targets are to be visited in person or by video within 30, 60 or 90 days of the "
    "start, those that send most first; a drop-by is no introduction. Practices that asked not to be visited are "
    "left out. A practice kept aside counts as reached when a visit since the start introduced something there or "
    "left one of the campaign's materials. What the campaign brought compares all targets from the month of the "
    "start, visited or not, with those kept aside."
)


def practices(many: int) -> str:
    """'1 practice', '1,200 practices'."""
    return f"{many:,} practice{'' if many == 1 else 's'}"


def campaigns_sentence(files: Sequence[CampaignFile], today: str) -> str:
    """Over the list of all: how many run, how far they are."""
    standing = [one for one in files if one.voided is None]
    running = [one for one in standing if one.frozen_on and one.starts <= today and not (one.ends and one.ends < today)]
    if not running:
        return f"No campaign runs; {len(standing):,} {'is' if len(standing) == 1 else 'are'} on record"
    many, done = sum(len(one.targets) for one in running), sum(one.introduced for one in running)
    late = sum(one.overdue for one in running)
    run = f"{len(running):,} campaign{' runs' if len(running) == 1 else 's run'}"
    return f"{run}: {done:,} of {practices(many)} introduced, {late:,} overdue"


def campaign_sentence(one: CampaignFile, today: str) -> str:
    """Over one campaign."""
    if one.voided:
        return f"Voided: {one.voided}"
    if one.frozen_on is None:
        return "Its list is not frozen yet"
    if one.starts > today:
        return f"Starts on {one.starts} for {practices(len(one.targets))}; {len(one.aside):,} are kept aside"
    return f"{one.introduced:,} of {practices(len(one.targets))} introduced, {one.overdue:,} overdue"


def about_words(one: CampaignFile) -> str:
    """What, whose, when, in one line."""
    until = f" to {one.ends}" if one.ends else ""
    parts = (CampaignKind(one.what).label, one.service_line, one.owner, f"from {one.starts}{until}")
    return " \u00b7 ".join(part for part in parts if part)


def within_words(one: CampaignFile) -> str:
    """'12 within 30 days, 15 within 60, 15 within 90.'"""
    return (
        f"{one.within(30):,} within 30 days of the start, {one.within(60):,} within 60, {one.within(90):,} within 90."
    )


def contaminated_words(one: CampaignFile) -> str:
    """Those kept aside whom the campaign reached all the same; '' where there are none."""
    reached = one.contaminated
    if not reached:
        return ""
    shown = ", ".join(each.practice for each in reached[:3]) + (", ..." if len(reached) > 3 else "")
    was = "was" if len(reached) == 1 else "were"
    return (
        f"{len(reached):,} of {practices(len(one.aside))} kept aside {was} reached all the same ({shown}): "
        "the comparison shows less than the campaign brought."
    )
