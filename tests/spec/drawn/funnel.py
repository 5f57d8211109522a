"""The funnel: which stage is reached, how a referral ends, how long it takes."""

from tests.spec.case import Case, Chapter

FUNNEL = Chapter(
    "Funnel",
    (
        Case(
            "A stage is reached when its date or any later stage's date exists; a missing date gives no duration.",
            {
                "referrals": """
                    referral | practice | network | received | scheduled | seen  | closed
                    1        | Elm St   | in      | 03-04    | 03-06     | 03-20 | 03-25
                    2        | Elm St   | in      |          | 03-08     |       |
                    3        | Elm St   | out     |          |           |       |
                    4        | Elm St   |         | 03-05    |           |       |
                """
            },
            "funnel",
            """
                stage       | reached | share | open
                created     | 4       | 100%  | 0
                received    | 3       | 75%   | 1
                scheduled   | 2       | 50%   | 1
                seen        | 1       | 25%   | 0
                loop_closed | 1       | 25%   | 0

                exit           | referrals | of created
                out_of_network | 1         | 25%

                time in stage known
                8 of 10
            """,
            note=(
                "No referral has a date of authorisation, so that stage is left out. Not known: how long referral 2 "
                "was in `created` and in `received`."
            ),
        ),
        Case(
            "An authorisation that was skipped gives no duration and is not in coverage; the wait shows at `received`.",
            {
                "referrals": """
                    referral | practice | network | received | authorised | scheduled
                    1        | Elm St   | in      | 03-03    | 03-05      | 03-10
                    2        | Elm St   | in      | 03-03    |            | 03-09
                """
            },
            "funnel",
            """
                stage       | reached | share | open
                created     | 2       | 100%  | 0
                received    | 2       | 100%  | 0
                authorised  | 2       | 100%  | 0
                scheduled   | 2       | 100%  | 2
                seen        | 0       | 0%    | 0
                loop_closed | 0       | 0%    | 0

                time in stage known
                7 of 7
            """,
        ),
        Case(
            "A referral ends once: an exit stands unless a stage date follows it, strictly later.",
            {
                "referrals": """
                    referral | practice | network | exit      | exited | received | scheduled | seen
                    1        | Elm St   | in      | declined  | 03-05  | 03-03    |           |
                    2        | Elm St   | in      | no_show   | 03-10  | 03-03    | 03-05     | 03-20
                    3        | Elm St   | in      | no_show   | 03-10  | 03-03    | 03-05     |
                    4        | Elm St   | in      | cancelled |        | 03-03    | 03-05     |
                    5        | Elm St   | in      | cancelled |        | 03-03    | 03-05     | 03-20
                    6        | Elm St   | in      | expired   | 03-05  | 03-03    | 03-05     |
                    7        | Elm St   | out     | declined  | 03-04  |          |           |
                """
            },
            "funnel",
            """
                stage       | reached | share | open
                created     | 7       | 100%  | 0
                received    | 6       | 86%   | 0
                scheduled   | 5       | 71%   | 0
                seen        | 2       | 29%   | 2
                loop_closed | 0       | 0%    | 0

                exit           | referrals | of created
                declined       | 1         | 14%
                cancelled      | 1         | 14%
                no_show        | 1         | 14%
                expired        | 1         | 14%
                out_of_network | 1         | 14%

                time in stage known
                19 of 20
            """,
            note=(
                "A no-show that was seen later (2) is no exit; an exit without a date stands where nobody was seen (4) "
                "but not where somebody was (5); on the day of the last stage it stands (6). What left the network (7) "
                "is that exit only. How long 4 was in `scheduled` is not known."
            ),
        ),
        Case(
            "Days come from those who move on, while others leave or still wait: read to the last day with ten there.",
            {
                "referrals": """
                    referrals | practice | network | created | received | exit     | exited | extract
                    6x        | Elm St   | in      | 02-02   | 02-03    |          |        | 03-05
                    4x        | Elm St   | in      | 02-02   |          | declined | 02-04  | 03-05
                    5x        | Elm St   | in      | 02-02   | 02-06    |          |        | 03-05
                    5x        | Elm St   | in      | 02-02   |          |          |        | 03-05
                """
            },
            "funnel",
            """
                stage       | reached | median days | 90% days  | open
                created     | 20      | 1           | 4         | 5
                received    | 11      | not known   | not known | 11
                scheduled   | 0       | not known   | not known | 0
                seen        | 0       | not known   | not known | 0
                loop_closed | 0       | not known   | not known | 0
            """,
            note=(
                "By day 1, 6 of 20 had moved on (30%). On day 2, 4 of the 14 left. On day 4, 5 of the 10 still there "
                "moved on: 30% + 50% x 5/10 = 55%. On day 5 only five are left, so the curve is read to day 4. Half of "
                "55% is reached on day 1, nine tenths on day 4."
            ),
        ),
        Case(
            "Below ten at risk nothing is said of days.",
            {
                "referrals": """
                    referrals | practice | network | received
                    9x        | Elm St   | in      | 03-04
                """
            },
            "funnel",
            """
                stage       | reached | median days | 90% days
                created     | 9       | not known   | not known
                received    | 9       | not known   | not known
                scheduled   | 0       | not known   | not known
                seen        | 0       | not known   | not known
                loop_closed | 0       | not known   | not known
            """,
        ),
        Case(
            "An open referral is censored on the day of the extract that it was last seen in, never today.",
            {
                "referrals": """
                    referrals | practice | network | created | received | extract
                    10x       | Elm St   | in      | 02-02   |          | 02-12
                    10x       | Elm St   | in      | 02-02   | 02-22    | 03-05
                """
            },
            "funnel",
            """
                stage       | reached | median days | 90% days | open
                created     | 20      | 20          | 20       | 10
                received    | 10      | not known   | not known | 10
                scheduled   | 0       | not known   | not known | 0
                seen        | 0       | not known   | not known | 0
                loop_closed | 0       | not known   | not known | 0
            """,
            note=(
                "The ten that are open were last seen after 10 days; they say nothing of day 20, when all the others "
                "moved on."
            ),
        ),
        Case(
            "A date before the one it should follow: the referral counts, that duration does not, and quality says so.",
            {
                "referrals": """
                    referral | practice | network | received | scheduled | line    | npi
                    1        | Elm St   | in      | 02-27    | 03-09     | Urology | 1000000001
                    2        | Elm St   | in      | 03-03    | 03-09     | Urology | 1000000001
                """
            },
            "funnel",
            """
                stage       | reached | open
                created     | 2       | 0
                received    | 2       | 0
                scheduled   | 2       | 2
                seen        | 0       | 0
                loop_closed | 0       | 0

                time in stage known
                5 of 6
            """,
        ),
        Case(
            "Of one practice, the same rules are counted over its referrals themselves.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                """,
                "referrals": """
                    referral | practice | network | received | exit     | exited
                    1        | Elm St   | in      | 03-04    |          |
                    2        | Elm St   | in      |          | declined | 03-09
                    3        | Elm St   | out     |          |          |
                    4        | Oak Ave  | in      | 03-05    |          |
                """,
            },
            "funnel practice=P-1",
            """
                stage       | reached | share | open
                created     | 3       | 100%  | 0
                received    | 1       | 33%   | 1
                scheduled   | 0       | 0%    | 0
                seen        | 0       | 0%    | 0
                loop_closed | 0       | 0%    | 0

                exit           | referrals | of created
                declined       | 1         | 33%
                out_of_network | 1         | 33%
            """,
        ),
        Case(
            "Stuck: open, longer than nine of ten took in the year before, and at least 14 days.",
            {
                "referrals": """
                    referrals | practice | network | line       | created | received | scheduled | seen  | closed
                    20x       | Elm St   | in      | Cardiology | 01-05   | 01-06    | 01-16     | 01-20 | 01-25
                    1x        | Elm St   | in      | Cardiology | 02-01   | 02-02    |           |       |
                    1x        | Elm St   | in      | Cardiology | 03-20   | 03-25    |           |       |
                    1x        | Elm St   | in      | Cardiology | 03-10   | 03-21    |           |       |
                    1x        | Elm St   | in      | Neurology  | 02-01   |          |           |       |
                """
            },
            "stuck",
            """
                line       | stage    | stuck | open | longer than
                Cardiology | received | 2     | 3    | 13 days
                Neurology  | created  | 0     | 1    | not known
            """,
            note=(
                "Nine of ten moved on within 10 days, so that 14 days is what counts: on 5 April the three have waited "
                "62, 11 and 15 days. Of neurology too few are known to say what is usual."
            ),
        ),
    ),
)
