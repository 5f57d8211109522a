"""The panel of practices."""

from tests.spec.case import Case, Chapter

PRACTICES = Chapter(
    "Practices",
    (
        Case(
            "Continuum: the months with a referral among the last six; a practice that never referred is a prospect.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                    P-2         | Bay St
                """,
                "referrals": """
                    practice | created
                    Elm St   | 2025-10-02
                    Elm St   | 2025-11-02
                    Elm St   | 2025-12-02
                    Elm St   | 2026-01-02
                    Elm St   | 2026-03-02
                    Oak Ave  | 2025-11-02
                    Oak Ave  | 2026-03-02
                    Pine Rd  | 2026-03-02
                    Ash Ln   | 2025-09-30
                    Fig St   | 2026-04-02
                """,
            },
            "practices",
            """
                practice | continuum          | last six
                Elm St   | steady             | 1 1 1 1 0 1
                Oak Ave  | occasional         | 0 1 0 0 0 1
                Ash Ln   | prospect_or_lapsed | 0 0 0 0 0 0
                Pine Rd  | one_time           | 0 0 0 0 0 1
                Bay St   | prospect_or_lapsed | 0 0 0 0 0 0
            """,
            note="April is not over: what Fig St sent in it counts from May on.",
        ),
        Case(
            "New, lapsed and returning are told from the last three months and those before.",
            {
                "referrals": """
                    referrals | practice | created
                    1x        | Elm St   | 2024-01-02
                    1x        | Elm St   | 2026-03-02
                    1x        | Oak Ave  | 2026-02-02
                    3x        | Pine Rd  | 2025-10-02
                    2x        | Ash Ln   | 2025-10-02
                    1x        | Bay St   | 2025-12-02
                    1x        | Bay St   | 2026-01-02
                """
            },
            "practices",
            """
                practice | movement
                Pine Rd  | lapsed
                Ash Ln   | none
                Bay St   | none
                Elm St   | returning
                Oak Ave  | new
            """,
        ),
        Case(
            "Where the data begin less than 27 months ago, no practice can be called new.",
            {
                "referrals": """
                    practice | created
                    Elm St   | 2025-06-02
                    Oak Ave  | 2026-02-02
                """
            },
            "practices",
            """
                practice | movement
                Elm St   | none
                Oak Ave  | none
            """,
        ),
        Case(
            "Loyalty by service line over twelve months: from 80% loyalist, to 20% dabbler, below eight too few.",
            {
                "referrals": """
                    referrals | practice | line       | network | created
                    8x        | Elm St   | Cardiology | in      | 2026-03-02
                    2x        | Elm St   | Cardiology | out     | 2025-04-02
                    4x        | Elm St   | Cardiology |         | 2026-03-02
                    9x        | Elm St   | Cardiology | out     | 2025-03-02
                    2x        | Elm St   | Neurology  | in      | 2026-03-02
                    8x        | Elm St   | Neurology  | out     | 2026-03-02
                    4x        | Elm St   | Urology    | in      | 2026-03-02
                    4x        | Elm St   | Urology    | out     | 2026-03-02
                    7x        | Elm St   | Oncology   | in      | 2026-03-02
                """
            },
            "practices",
            """
                practice | line       | class    | share | n
                Elm St   | Cardiology | loyalist | 80%   | 10
                Elm St   | Neurology  | dabbler  | 20%   | 10
                Elm St   | Urology    | splitter | 50%   | 8
                Elm St   | Oncology   | too_few  | 100%  | 7
            """,
        ),
        Case(
            "The thresholds of loyalty are settings of the instance.",
            {
                "referrals": """
                    referrals | practice | line       | network
                    8x        | Elm St   | Cardiology | in
                    2x        | Elm St   | Cardiology | out
                """
            },
            "practices",
            """
                practice | line       | class    | share | n
                Elm St   | Cardiology | splitter | 80%   | 10
            """,
            settings={"loyalist_from": 0.9},
        ),
        Case(
            "A practice seen only through what it sends us has volume, and no loyalty.",
            {
                "referrals": """
                    referrals | practice | vantage  | network | line
                    9x        | Oak Ave  | received | in      | Urology
                    9x        | Elm St   | ordered  | in      | Urology
                """
            },
            "practices",
            """
                practice | observable | last six
                Elm St   | yes        | - - - - - 9
                Oak Ave  | no         | - - - - - 9

                practice | line    | class    | n
                Elm St   | Urology | loyalist | 9
            """,
        ),
    ),
)
