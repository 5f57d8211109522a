"""Volume, shared patients, quality of the data, small numbers."""

from tests.spec.case import Case, Chapter

VOLUME = Chapter(
    "Volume",
    (
        Case(
            "Every vantage counts, each referral in the month in which it was created.",
            {
                "referrals": """
                    referral | practice | vantage  | created
                    1        | Elm St   | ordered  | 02-10
                    2        | Elm St   | received | 03-10
                    3        | Elm St   | claims   | 03-31
                    4        | Elm St   | ordered  | 04-01
                """
            },
            "volume",
            """
                volume of     | month   | referrals
                All referrals | 2026-02 | 1
                All referrals | 2026-03 | 2
            """,
        ),
        Case(
            "An organisation that is ours or theirs, a reason, a payer: by any of them, blanks as a row of their own.",
            {
                "referrals": """
                    referrals | practice | payer
                    3x        | Elm St   | Medicare
                    2x        | Elm St   | medi care
                    1x        | Elm St   |
                """
            },
            "volume by payer",
            """
                payer    | month   | referrals
                Medicare | 2026-03 | 5
                (none)   | 2026-03 | 1
            """,
        ),
    ),
)

SHARED = Chapter(
    "Shared patients",
    (
        Case(
            "The newest data set counts, alone; two are never blended.",
            {
                "edges": """
                    data set | vintage    | from       | to         | patients | transactions
                    cms-2014 | 2014-12-31 | 1000000001 | 1000000002 | 500      | 900
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000002 | 60       | 100
                    cms-2015 | 2015-12-31 | 1000000003 | 1000000002 | 20       | 30
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000004 | 120      | 130
                """
            },
            "shared by to",
            """
                to         | pairs | patients | transactions | share
                1000000004 | 1     | 120      | 130          | 60%
                1000000002 | 2     | 80       | 130          | 40%
                All pairs  | 3     | 200      | 260          | 100%
            """,
        ),
        Case(
            "Another data set is shown when it is asked for by its source.",
            {
                "edges": """
                    data set | vintage    | from       | to         | patients | transactions
                    cms-2014 | 2014-12-31 | 1000000001 | 1000000002 | 500      | 900
                    hop-2018 | 2018-12-31 | 1000000001 | 1000000002 | 60       | 100
                """
            },
            "shared by from source=cms-2014",
            """
                from       | pairs | patients | transactions
                1000000001 | 1     | 500      | 900
                All pairs  | 1     | 500      | 900
            """,
        ),
        Case(
            "By organisation: that of the provider who saw the patient next, on record when the data were taken.",
            {
                "organisations": """
                    organisation_id | name   | ours
                    M               | Mercy  | true
                    S               | Summit | false
                """,
                "providers": """
                    npi        | organisation_id | from       | to
                    1000000002 | M               |            | 2015-06-30
                    1000000002 | S               | 2015-07-01 |
                    1000000004 | M               |            |
                """,
                "referrals": """
                    referral | practice
                    1        | Elm St
                """,
                "edges": """
                    data set | vintage    | from       | to         | patients | transactions
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000002 | 60       | 100
                    cms-2015 | 2015-12-31 | 1000000003 | 1000000004 | 30       | 30
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000005 | 10       | 30
                    cms-2015 | 2015-12-31 | 1000000002 | 1000000005 | 20       | 30
                """,
            },
            "shared by organisation",
            """
                organisation | pairs | patients | transactions
                Summit       | 1     | 60       | 100
                (none)       | 2     | 30       | 60
                Mercy        | 1     | 30       | 30
                All pairs    | 4     | 120      | 190
            """,
        ),
        Case(
            "A small count is hidden from everybody, and another with it, so that the total does not give it away.",
            {
                "edges": """
                    data set | vintage    | from       | to         | patients | transactions
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000002 | 60       | 100
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000003 | 7        | 20
                    cms-2015 | 2015-12-31 | 1000000001 | 1000000004 | 30       | 30
                """
            },
            "shared by to",
            """
                to         | pairs | patients | transactions | share
                1000000002 | 1     | 60       | 100          | 62%
                1000000003 | 1     | hidden   | 20           | hidden
                1000000004 | 1     | hidden   | 30           | hidden
                All pairs  | 3     | 97       | 150          | 100%
            """,
        ),
    ),
)

SMALL = Chapter(
    "Small numbers outside the team",
    (
        Case(
            "Counts of 1 to 10 are hidden, and the next smallest with them; a 0 may be shown.",
            {
                "referrals": """
                    referrals | practice | network
                    40x       | Elm St   | out
                    60x       | Elm St   | in
                    3x        | Oak Ave  | out
                    47x       | Oak Ave  | in
                    20x       | Pine Rd  | out
                    40x       | Pine Rd  | in
                    30x       | Ash Ln   | in
                """
            },
            "leakage by practice audience=outside",
            """
                practice | out    | known | leakage
                Elm St   | 40     | 100   | 40%
                Ash Ln   | 0      | 30    | 0%
                Oak Ave  | hidden | 50    | hidden
                Pine Rd  | hidden | 60    | hidden
                total    | 63     | 240   | 26%
            """,
            note="Hidden rows stand last, in the order of their names: their place would tell how large they are.",
        ),
        Case(
            "A small remainder is hidden like a small count: 4 that stayed would follow from 46 of 50.",
            {
                "referrals": """
                    referrals | practice | network
                    46x       | Elm St   | out
                    4x        | Elm St   | in
                    30x       | Oak Ave  | out
                    30x       | Oak Ave  | in
                """
            },
            "leakage by practice audience=outside",
            """
                practice | out    | known | leakage
                Elm St   | hidden | 50    | hidden
                Oak Ave  | hidden | 60    | hidden
                total    | 76     | 110   | 69%
            """,
        ),
        Case(
            "Inside the team nothing is hidden.",
            {
                "referrals": """
                    referrals | practice | network
                    3x        | Oak Ave  | out
                    7x        | Oak Ave  | in
                """
            },
            "leakage by practice audience=inside",
            """
                practice | out | known | leakage
                Oak Ave  | 3   | 10    | 30%
                total    | 3   | 10    | 30%
            """,
        ),
        Case(
            "In a funnel, what left between two stages is hidden too where it would be a small count.",
            {
                "referrals": """
                    referrals | practice | network | received | exit     | exited
                    60x       | Elm St   | in      | 03-04    |          |
                    20x       | Elm St   | in      |          |          |
                    5x        | Elm St   | in      |          | declined | 03-09
                    40x       | Elm St   | out     |          |          |
                """
            },
            "funnel audience=outside",
            """
                stage       | reached | share  | open
                created     | 125     | 100%   | hidden
                received    | 60      | 48%    | 60
                scheduled   | 0       | 0%     | 0
                seen        | 0       | 0%     | 0
                loop_closed | 0       | 0%     | 0

                exit           | referrals | of created
                out_of_network | 40        | 32%
                declined       | hidden    | hidden
            """,
        ),
    ),
)

QUALITY = Chapter(
    "Quality of the data",
    (
        Case(
            "What is blank, doubtful or contradictory is counted for each source.",
            {
                "organisations": """
                    organisation_id | ours
                    Summit          | false
                """,
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                """,
                "referrals": """
                    referral | npi        | practice | organisation | network | line    | received | scheduled
                    1        | 1000000001 | Elm St   | Summit       | in      | Urology |          |
                    2        |            | Elm St   | See notes    |         | Urology | 03-09    | 03-05
                    3        | 1000000001 | Suite 4  |              | in      |         |          |
                    4        | 1000000001 |          |              | out     | Urology |          |
                """,
            },
            "quality",
            """
                source | what                     | referrals
                epic   | date_before_predecessor  | 1 of 4
                epic   | destination_by_name_only | 1 of 4
                epic   | no_line                  | 1 of 4
                epic   | no_practice              | 1 of 4
                epic   | no_referring_npi         | 1 of 4
                epic   | practice_by_name_only    | 1 of 4
                epic   | status_contradicts       | 1 of 4
                epic   | unknown_destination      | 1 of 4

                unmatched | referrals
                Suite 4   | 1
                See notes | 1
            """,
        ),
        Case(
            "A feed is late when its newest extract is older than its own rhythm lets expect.",
            {
                "referrals": """
                    referral | source | practice | created | extract
                    1        | weekly | Elm St   | 02-20   | 03-02
                    2        | weekly | Elm St   | 03-01   | 03-09
                    3        | weekly | Elm St   | 03-12   | 03-16
                    4        | once   | Elm St   | 03-10   | 03-16
                """
            },
            "quality today=2026-03-31",
            """
                feed   | newest     | late | open months
                once   | 2026-03-16 | no   | 2026-03
                weekly | 2026-03-16 | yes  | 2026-03
            """,
            note="Seven days are usual for `weekly`; after 15 it is late. `once` has no rhythm yet: a month it is.",
        ),
    ),
)
