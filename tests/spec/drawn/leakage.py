"""Leakage: what is counted, what is not, from which vantage."""

from tests.spec.case import Case, Chapter

LEAKAGE = Chapter(
    "Leakage",
    (
        Case(
            "A referral whose destination is not known is in neither part of leakage.",
            {
                "referrals": """
                    referral | practice | network
                    1        | Elm St   | out
                    2        | Elm St   | in
                    3        | Elm St   |
                    4        | Elm St   | unknown
                """
            },
            "leakage by practice",
            """
                practice | out | known | unknown | leakage | coverage
                Elm St   | 1   | 2     | 2       | 50%     | 2 of 4
                total    | 1   | 2     | 2       | 50%     | 2 of 4
            """,
        ),
        Case(
            "A referral that stayed with us and was never seen is another event: shown beside, never added.",
            {
                "referrals": """
                    referral | practice | network | exit     | seen
                    1        | Elm St   | out     |          |
                    2        | Elm St   | in      | no_show  |
                    3        | Elm St   | in      | no_show  | 03-20
                    4        | Elm St   | in      |          |
                    5        | Elm St   |         | declined |
                """
            },
            "leakage by practice",
            """
                practice | out | known | unknown | not completed | leakage
                Elm St   | 1   | 4     | 1       | 1             | 25%
                total    | 1   | 4     | 1       | 1             | 25%
            """,
        ),
        Case(
            "A practice that we see only through what it sends us has no leakage that could be observed, never 0%.",
            {
                "referrals": """
                    referral | practice | vantage  | network
                    1        | Elm St   | ordered  | out
                    2        | Elm St   | ordered  | in
                    3        | Oak Ave  | received | in
                    4        | Oak Ave  | received | in
                """
            },
            "leakage by practice",
            """
                practice | out | known | leakage   | observable
                Elm St   | 1   | 2     | 50%       | yes
                Oak Ave  | 0   | 0     | not known | no
                total    | 1   | 2     | 50%       | yes
            """,
        ),
        Case(
            "One vantage at a time: what was ordered, where there is any; claims stay aside.",
            {
                "referrals": """
                    referral | practice | vantage | network
                    1        | Elm St   | ordered | out
                    2        | Elm St   | ordered | in
                    3        | Elm St   | claims  | out
                    4        | Elm St   | claims  | out
                """
            },
            "leakage by practice",
            """
                practice | out | known | leakage
                Elm St   | 1   | 2     | 50%
                total    | 1   | 2     | 50%
            """,
        ),
        Case(
            "Where nothing was ordered in the selection, claims are counted.",
            {
                "referrals": """
                    referral | practice | vantage  | network
                    1        | Elm St   | received | in
                    2        | Elm St   | claims   | out
                    3        | Elm St   | claims   | out
                    4        | Elm St   | claims   | in
                """
            },
            "leakage by practice",
            """
                practice | out | known | leakage
                Elm St   | 2   | 3     | 67%
                total    | 2   | 3     | 67%
            """,
        ),
        Case(
            "A vantage that is asked for is the one counted.",
            {
                "referrals": """
                    referral | practice | vantage | network
                    1        | Elm St   | ordered | in
                    2        | Elm St   | claims  | out
                """
            },
            "leakage by practice vantage=claims",
            """
                practice | out | known | leakage
                Elm St   | 1   | 1     | 100%
                total    | 1   | 1     | 100%
            """,
        ),
        Case(
            "By organisation all rows share one denominator, so that their shares add up to leakage.",
            {
                "organisations": """
                    organisation_id | ours
                    Mercy           | true
                    Summit          | false
                    Lakeside        | false
                """,
                "referrals": """
                    referral | practice | organisation | network
                    1        | Elm St   | Summit       |
                    2        | Elm St   | Summit       |
                    3        | Elm St   | Lakeside     |
                    4        | Elm St   | Mercy        |
                    5        | Elm St   |              | out
                    6        | Elm St   |              |
                """,
            },
            "leakage by organisation",
            """
                organisation | out | known | unknown | leakage
                Summit       | 2   | 5     | 0       | 40%
                (none)       | 1   | 5     | 1       | 20%
                Lakeside     | 1   | 5     | 0       | 20%
                Mercy        | 0   | 5     | 0       | 0%
                total        | 4   | 5     | 1       | 80%
            """,
        ),
        Case(
            "By reason likewise; a blank reason is a row of its own, and only what left has one.",
            {
                "referrals": """
                    referral | practice | network | reason
                    1        | Elm St   | out     | No slot soon
                    2        | Elm St   | out     | no slot  SOON
                    3        | Elm St   | out     |
                    4        | Elm St   | in      | No slot soon
                """
            },
            "leakage by cause",
            """
                cause        | out | known | leakage
                No slot soon | 2   | 4     | 50%
                (none)       | 1   | 4     | 25%
                total        | 3   | 4     | 75%
            """,
        ),
        Case(
            "Without a window all complete months count: those that the source has seen to their last day.",
            {
                "referrals": """
                    referral | practice | network | created | extract
                    1        | Elm St   | out     | 02-10   | 04-01
                    2        | Elm St   | in      | 03-31   | 04-01
                    3        | Elm St   | out     | 04-01   | 04-01
                """
            },
            "leakage by month",
            """
                month    | out | known | leakage
                Feb 2026 | 1   | 1     | 100%
                Mar 2026 | 0   | 1     | 0%
                total    | 1   | 2     | 50%
            """,
        ),
        Case(
            "An extract of the last day of a month has not seen that month to its end.",
            {
                "referrals": """
                    referral | practice | network | created | extract
                    1        | Elm St   | out     | 02-10   | 03-31
                    2        | Elm St   | in      | 03-30   | 03-31
                """
            },
            "leakage",
            """
                leakage of | out | known | leakage
                total      | 1   | 1     | 100%
            """,
        ),
        Case(
            "A window asked for is counted as asked, both months included.",
            {
                "referrals": """
                    referral | practice | network | created | extract
                    1        | Elm St   | out     | 02-10   | 04-10
                    2        | Elm St   | in      | 03-31   | 04-10
                    3        | Elm St   | out     | 04-01   | 04-10
                """
            },
            "leakage from=2026-03 to=2026-04",
            """
                leakage of | out | known | leakage
                total      | 1   | 2     | 50%
            """,
        ),
        Case(
            "Each source counts up to its own last complete month.",
            {
                "referrals": """
                    referral | source | practice | network | created | extract
                    1        | east   | Elm St   | out     | 02-10   | 03-02
                    2        | east   | Elm St   | out     | 03-01   | 03-02
                    3        | west   | Elm St   | in      | 03-01   | 04-02
                """
            },
            "leakage",
            """
                leakage of | out | known | leakage
                total      | 1   | 2     | 50%
            """,
        ),
        Case(
            "The newest extract's row counts; the same referral is never counted twice.",
            {
                "referrals": """
                    referral | practice | network | extract
                    1        | Elm St   |         | 04-01
                    2        | Elm St   | in      | 04-01
                    1        | Elm St   | out     | 04-08
                """
            },
            "leakage by practice",
            """
                practice | out | known | unknown | leakage
                Elm St   | 1   | 2     | 0       | 50%
                total    | 1   | 2     | 0       | 50%
            """,
        ),
        Case(
            "One number in two sources is two referrals.",
            {
                "referrals": """
                    referral | source | practice | network
                    1        | east   | Elm St   | out
                    1        | west   | Elm St   | out
                """
            },
            "leakage",
            """
                leakage of | out | known
                total      | 2   | 2
            """,
        ),
        Case(
            "A filter that no table of counts holds is counted over the referrals themselves, to the same rule.",
            {
                "referrals": """
                    referral | practice | network | payer    | priority
                    1        | Elm St   | out     | Medicare | urgent
                    2        | Elm St   | in      | medicare | urgent
                    3        | Oak Ave  | out     | Medicare | urgent
                    4        | Elm St   | out     | Aetna    | urgent
                    5        | Elm St   | out     | Medicare | routine
                """
            },
            "leakage by practice payer=Medicare priority=urgent",
            """
                practice | out | known | leakage
                Elm St   | 1   | 2     | 50%
                Oak Ave  | 1   | 1     | 100%
                total    | 2   | 3     | 67%
            """,
        ),
    ),
)
