"""The sentences over a proposal of territories say what it changes, and what stands in its way."""

from liaison.metrics.findings.draw import coarse_notes, draw_headline
from liaison.metrics.findings.staffing import less_words, more_words, staffing_headline


def test_the_sentence_says_how_fair_it_is_and_who_changes_hands() -> None:
    said = draw_headline(0.044, 0.27, 17, 400)
    assert said == "Nobody's work is more than 4.4% from what is due, today up to 27%; 17 of 400 practices change hands"
    assert draw_headline(0.3, 0.3, 1, 40).endswith("as today; 1 of 40 practice changes hands")
    assert draw_headline(0.02, 0.02, 0, 40).endswith("no practice changes hands")


def test_areas_that_are_too_large_are_named_with_what_helps() -> None:
    assert coarse_notes([], "zip", 0) == []
    by_county = coarse_notes([("Buncombe, NC", 1.94)], "county", 0)
    assert by_county == [
        "Too large for one liaison: Buncombe, NC (1.9 shares). Whole areas cannot be fair here. "
        "Draw from ZIPs, or split by practice."
    ]
    assert coarse_notes([("Buncombe, NC", 1.94)], "county", 12)[0].endswith("in other hands than their area.")


def test_whether_a_team_is_enough_and_what_one_more_would_bring() -> None:
    assert staffing_headline(6, 5_424, 6_186) == ("6 liaisons can make 6,186 visits a year, 5,424 are needed: enough")
    assert staffing_headline(1, 5_424, 1_031) == "One liaison can make 1,031 of the 5,424 visits a year that are needed"
    assert more_words(0.2, 124_000, None) == (
        "One more would bring no referral that today's team does not, for $124k a year."
    )
    said = more_words(40, 124_000, -30_000)
    assert said == "One more would bring about 40 referrals a year for $124k, $30k less in margin than that."
    assert less_words(60, 124_000) == "One less would leave about 60 referrals a year behind and save $124k."
