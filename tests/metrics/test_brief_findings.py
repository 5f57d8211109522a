"""How a conversation may begin: from what was promised, solved, sent and measured, by rules; never more than that."""

from dataclasses import replace

from liaison.metrics.findings.brief import Joined, Known, Promised, Solved, Wait, brief_headline, openers, what_changed
from liaison.metrics.panel import Movement
from liaison.metrics.practice_lines import LineOfPractice, PracticeLines
from liaison.metrics.window import Window
from liaison.vocabulary import month_id

TODAY = "2026-12-01"
NOW = Window(month_id("2026-05"), month_id("2026-10"))
BEFORE = Window(month_id("2025-05"), month_id("2025-10"))
STEADY = LineOfPractice("neurology", "Neurology", 12, 13, Movement.none, 6, 20, 0, 0)


def lines(*rows: LineOfPractice) -> PracticeLines:
    return PracticeLines(NOW, BEFORE, rows)


def said(known: Known, most: int = 9) -> list[str]:
    return [one.says for one in openers(known, TODAY, most)]


def test_a_promise_is_owed_once_its_day_is_over_and_told_once_it_was_kept() -> None:
    step = Promised("Bring the specialist.", "2026-10-20", "2026-11-30")
    assert said(Known([step])) == [
        "Promised on 20 Oct 2026 for 30 Nov 2026: “Bring the specialist”. Say where it stands."
    ]
    assert said(Known([replace(step, on=TODAY)])) == []
    kept = replace(step, done_on="2026-11-02")
    assert said(Known([kept])) == ["Kept on 2 Nov 2026: “Bring the specialist”. Ask whether it helped."]
    assert said(Known([replace(step, done_on="2026-03-02")])) == []  # no news after 120 days


def test_what_was_solved_is_told_before_all_else_the_newest_one_first() -> None:
    known = Known(
        [Promised("Call", "2026-10-20", "2026-11-30")],
        [Solved("Fax is down", "2026-09-01", "2026-10-01"), Solved("No slots", "2026-10-01", "2026-11-03", "Two more")],
    )
    first, second = said(known)
    assert first == "Tell them that “No slots” of 1 Oct 2026 is resolved (“Two more”): nobody has yet."
    assert second.startswith("Promised on")


def test_a_line_that_fell_is_told_only_where_chance_cannot_have_done_it() -> None:
    # Given their sum, 5 of 45 against an even share: Wilson's interval (97.5%: two lines) ends at 0.26.
    fell, same = replace(STEADY, now=5, before=40), replace(STEADY, key="urology", label="Urology", now=34, before=40)
    told = said(Known(lines=lines(fell, same)))
    assert told[0] == (
        "Neurology fell: 5 referrals from May 2026 to Oct 2026, 40 from May 2025 to Oct 2025. Ask what changed."
    )
    assert what_changed(lines(fell, same)) == ("Neurology fell by 88%, to 5 from 40.",)
    assert not any("fell" in each for each in said(Known(lines=lines(same))))


def test_ten_referrals_before_are_too_few_to_call_a_fall() -> None:
    assert what_changed(lines(replace(STEADY, now=0, before=10))) == ()


def test_lines_that_stopped_came_back_or_began_say_so() -> None:
    stopped = replace(STEADY, now=2, recent=0, year=9, movement=Movement.lapsed)
    back = replace(STEADY, key="ent", label="ENT", recent=4, movement=Movement.returning)
    new = replace(STEADY, key="urology", label="Urology", recent=1, movement=Movement.new)
    assert said(Known(lines=lines(stopped, back, new)))[:3] == [
        "Neurology: nothing since Aug 2026, 9 referrals in the year before. Ask what changed.",
        "ENT came back: 4 referrals from Aug 2026 to Oct 2026, after none in 6 months. Thank them.",
        "Urology is new: 1 referral from Aug 2026 to Oct 2026. Ask how it went.",
    ]
    assert what_changed(lines(stopped, back, new)) == ("Neurology stopped.", "ENT came back.", "Urology is new.")


def test_a_new_colleague_is_news_for_120_days_and_a_wait_where_it_fell_by_a_fifth() -> None:
    told = said(Known(joined=[Joined("Dr Oak", "2026-08-03"), Joined("Dr Elm", "2026-08-02")]))
    assert told == ["Dr Oak works here since 3 Aug 2026: ask to be introduced."]  # 120 days to the day
    shorter = Wait("Neurology", 16, "2026-11-20", 20, "2026-08-01")
    assert said(Known(waits=[shorter])) == ["New patients of neurology wait less: 16 days, 20 on 1 Aug 2026."]
    assert said(Known(waits=[replace(shorter, now=17)])) == []


def test_where_nothing_happened_one_asks_about_what_leaves_and_thanks_for_what_came() -> None:
    leaves = replace(STEADY, known=12, out=7)
    few = replace(
        STEADY, key="urology", label="Urology", now=2, before=2, known=7, out=7
    )  # 8 are needed, as for loyalty
    assert said(Known(lines=lines(leaves, few))) == [
        "Neurology: 7 of 12 went elsewhere, Nov 2025 to Oct 2026. Ask what decides it.",
        "14 referrals from May 2026 to Oct 2026, 12 of them neurology. Thank them.",
    ]
    assert said(Known()) == []


def test_there_are_three_at_most_and_one_of_a_kind() -> None:
    known = Known(
        [Promised("A", "2026-10-01", "2026-10-02"), Promised("B", "2026-10-03", "2026-10-04")],
        lines=lines(replace(STEADY, known=12, out=7)),
        joined=[Joined("Dr Oak", "2026-11-01")],
    )
    assert [one.kind.value for one in openers(known, TODAY)] == ["owed", "joined", "elsewhere"]


def test_the_sentence_says_when_one_was_there_and_what_is_owed() -> None:
    assert brief_headline("seen 74 days ago", 17, 2, 1) == (
        "Seen 74 days ago; a promise is 17 days late, 2 barriers are open and 1 solved barrier waits to be told"
    )
    assert brief_headline("no visit on record", None, 0, 0) == "No visit on record; nothing is owed to them"
    assert brief_headline("seen today", 0, 1, 0) == "Seen today; 1 barrier is open"


def test_a_line_that_leaves_and_can_be_seen_by_video_here_is_said_so() -> None:
    leaves = lines(replace(STEADY, known=40, out=12))
    (elsewhere, _) = said(Known(lines=leaves))
    assert elsewhere == "Neurology: 12 of 40 went elsewhere, Nov 2025 to Oct 2026. Ask what decides it."
    (one, _) = said(Known(lines=leaves, video={"neurology": ("Ada Reed",), "urology": ("Bo Lee",)}))
    assert one == f"{elsewhere} Ada Reed of ours sees patients by video."
    (three, _) = said(Known(lines=leaves, video={"neurology": ("Ada Reed", "Cy Fox", "Di Oak")}))
    assert three == f"{elsewhere} Ada Reed and 2 others of ours see patients by video."
