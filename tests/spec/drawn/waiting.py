"""Where referrals are stuck, the rows behind a figure, two windows, and days to the appointment."""

from tests.spec.case import Case, Chapter

# Twenty went through in the usual time; on 5 April three of Elm St have waited 62 days, two of Oak Ave 11 days.
_WAITING = """
    referrals | practice | network | line    | payer    | organisation | created | received | scheduled | seen  | closed
    20x       | Elm St   | in      | Urology | Medicare | Mercy        | 01-05   | 01-06    | 01-16     | 01-20 | 01-25
    3x        | Elm St   | in      | Urology | Aetna    | Mercy        | 02-01   | 02-02    |           |       |
    2x        | Oak Ave  | in      | Urology | Aetna    |              | 03-20   | 03-25    |           |       |
    7x        | Oak Ave  | in      | Urology | Medicare |              | 03-10   | 03-11    | 03-12     |       |
"""

WAITING = Chapter(
    "Waiting",
    (
        Case(
            "Stuck of open, by payer: with Wilson's interval; below 11 open referrals it is too few to say.",
            {"referrals": _WAITING},
            "stuck-by by payer",
            """
                payer    | stuck | open | created | share   | interval
                Medicare | 7     | 7    | 27      | too few |
                Aetna    | 3     | 5    | 5       | too few |
                total    | 10    | 12   | 32      | 83%     | 55% to 95%
            """,
            note=(
                "Nine of ten were seen 4 days after they had a date, so that at scheduled more than 13 days are stuck: "
                "the seven have waited 24."
            ),
        ),
        Case(
            "By practice and by destination, the same is counted over the referrals themselves.",
            {"referrals": _WAITING},
            "stuck-by by practice",
            """
                practice | stuck | open | created
                Oak Ave  | 7     | 9    | 9
                Elm St   | 3     | 3    | 23
                total    | 10    | 12   | 32
            """,
        ),
        Case(
            "Of one stage only: those that are open in it.",
            {"referrals": _WAITING},
            "stuck-by by organisation stage=received",
            """
                organisation | stuck | open | created
                Mercy        | 3     | 3    | 23
                (none)       | 0     | 2    | 9
                total        | 3     | 5    | 32
            """,
        ),
        Case(
            "The usual days are those of the whole market, whatever the page is cut to.",
            {"referrals": _WAITING},
            "stuck-by by service_line payer=Aetna",
            """
                service_line | stuck | open
                Urology      | 3     | 5
                total        | 3     | 5
            """,
            note="Nobody of Aetna moved on, yet its referrals are judged by what is usual in urology.",
        ),
        Case(
            "The list of the stuck: the longest in their stage first, cut at a limit that says how many there are.",
            {
                "referrals": """
                    referrals | referral | practice | network | line | created | received | scheduled | seen  | closed
                    20x       | done     | Elm St   | in      | ENT  | 01-05   | 01-06    | 01-16     | 01-20 | 01-25
                    1x        | a        | Elm St   | in      | ENT  | 02-01   | 02-02    |           |       |
                    1x        | b        | Oak Ave  | in      | ENT  | 03-01   | 03-02    | 03-08     |       |
                    1x        | c        | Oak Ave  | in      | ENT  | 03-01   | 03-02    | 03-30     |       |
                    1x        | d        | Oak Ave  | in      | ENT  | 03-02   | 03-12    |           |       |
                """
            },
            "rows which=stuck limit=2",
            """
                referral | practice | network    | stage     | days | stuck after
                a        | Elm St   | In network | Received  | 62   | 13
                b        | Oak Ave  | In network | Scheduled | 28   | 13

                referrals in all
                3
            """,
            note="c has had its date for 6 days only; d has waited 24 days and is the one that the limit cuts.",
        ),
        Case(
            "Rows say how a referral ended, and in which stage.",
            {
                "referrals": """
                    referral | practice | network | exit      | exited | received | scheduled | seen  | closed
                    1        | Elm St   | out     |           |        |          |           |       |
                    2        | Elm St   | in      | no_show   | 03-10  | 03-03    | 03-05     |       |
                    3        | Elm St   | in      |           |        | 03-03    | 03-05     | 03-20 | 03-25
                    4        | Elm St   |         |           |        | 03-05    |           |       |
                    5        | Elm St   | in      | cancelled | 03-04  | 03-03    | 03-05     |       |
                """
            },
            "rows",
            """
                referral | network        | stage       | ended          | days
                1        | Out of network | Created     | Out of network |
                2        | In network     | Scheduled   | No show        |
                3        | In network     | Loop closed | Loop closed    |
                4        | Unknown        | Received    |                | 31
                5        | In network     | Scheduled   |                | 31
            """,
        ),
        Case(
            "Rows of one destination status are of the vantage that leakage is counted over.",
            {
                "referrals": """
                    referral | practice | network | vantage
                    1        | Elm St   | out     | ordered
                    2        | Elm St   | out     | claims
                    3        | Elm St   | in      | ordered
                """
            },
            "rows which=out_of_network",
            """
                referral | network
                1        | Out of network

                referrals in all
                1
            """,
        ),
        Case(
            "Seen, by days from the date given to the appointment, of appointments that lie before the extract.",
            {
                "referrals": """
                    referrals | practice | network | scheduled | appointment | seen
                    11x       | Elm St   | in      | 03-03     | 03-10       | 03-10
                    1x        | Elm St   | in      | 03-03     | 03-09       |
                    9x        | Elm St   | in      | 03-03     | 03-12       | 03-12
                    1x        | Elm St   | in      | 03-03     | 03-13       | 03-20
                    4x        | Elm St   | in      | 03-03     | 03-14       |
                    5x        | Elm St   | in      | 03-03     | 04-05       |
                    2x        | Elm St   | in      |           | 03-14       | 03-14
                    3x        | Elm St   | out     | 03-03     | 03-14       |
                """
            },
            "appointments",
            """
                days to the appointment | seen | appointments | share
                0 to 7 days             | 11   | 12           | 92%
                8 to 14 days            | 10   | 14           | 71%
                15 to 30 days           | 0    | 0            | too few
                31 to 60 days           | 0    | 0            | too few
                61 to 90 days           | 0    | 0            | too few
                91 days or more         | 0    | 0            | too few

                days known
                26 of 28
            """,
            note="One missed it and was seen a week later: seen. The five of 5 April have not had theirs.",
        ),
        Case(
            "Two windows side by side: the newer one has had less time, so both are read to the same day.",
            {
                "referrals": """
                    referrals | practice | network | created | received | extract
                    20x       | Elm St   | in      | 01-05   | 01-07    | 04-05
                    20x       | Elm St   | in      | 01-05   | 02-24    | 04-05
                    30x       | Elm St   | in      | 03-01   | 03-03    | 04-05
                    10x       | Elm St   | in      | 03-01   |          | 04-05
                """
            },
            "funnel-change from=2026-03 to=2026-03 before_from=2026-01 before_to=2026-01",
            """
                stage       | window | reached | share | moved on  | days
                created     | before | 40      | 100%  | 50%       | 2 (2 to 2)
                created     | now    | 40      | 100%  | 75%       | 2 (2 to 2)
                received    | before | 40      | 100%  | 0%        | not known
                received    | now    | 30      | 75%   | 0%        | not known
                scheduled   | before | 0       | 0%    | not known | not known
                scheduled   | now    | 0       | 0%    | not known | not known
                seen        | before | 0       | 0%    | not known | not known
                seen        | now    | 0       | 0%    | not known | not known
                loop_closed | before | 0       | 0%    | not known | not known
                loop_closed | now    | 0       | 0%    | not known | not known
            """,
            note=(
                "In January half had moved on by day 30 and all by day 50; of March day 35 is the last that is seen. "
                "Up to that day, all who moved on in either month had done so after 2 days."
            ),
        ),
    ),
)
