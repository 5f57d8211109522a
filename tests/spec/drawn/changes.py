"""What changed since last month."""

from tests.spec.case import Case, Chapter

CHANGES = Chapter(
    "What changed",
    (
        Case(
            "The last complete month is held against the month before and the same month of the year before.",
            {
                "referrals": """
                    referrals | network | created
                    1x        | in      | 2025-01-02
                    80x       | in      | 2025-03-02
                    20x       | out     | 2025-03-02
                    70x       | in      | 2026-02-02
                    30x       | out     | 2026-02-02
                    50x       | in      | 2026-03-02
                    50x       | out     | 2026-03-02
                    90x       | in      | 2026-04-02
                """
            },
            "changes",
            """
                kind    | against | sentence
                leakage | 2025-03 | Leakage rose to 50% from 20% in Mar 2025 (12 to 45 points).
                leakage | 2026-02 | Leakage rose to 50% from 30% in Feb 2026 (2 to 36 points).
            """,
            note="April is not over. Six figures are compared, so each interval is one of 99.2%.",
        ),
        Case(
            "The first month of a source may not be whole: nothing is held against it.",
            {
                "referrals": """
                    referrals | network | created
                    80x       | in      | 2026-02-02
                    20x       | out     | 2026-02-02
                    10x       | in      | 2026-03-02
                    90x       | out     | 2026-03-02
                """
            },
            "changes",
            """
                headline
                Nothing moved beyond chance in Mar 2026
            """,
        ),
        Case(
            "Only sources that saw both months to their end are compared: a late one makes no fall.",
            {
                "referrals": """
                    source | extract    | referrals | network | created
                    epic   | 2026-04-05 | 1x        | in      | 2025-12-02
                    epic   | 2026-04-05 | 100x      | in      | 2026-02-02
                    epic   | 2026-04-05 | 100x      | in      | 2026-03-02
                    claims | 2026-03-05 | 1x        | in      | 2025-12-02
                    claims | 2026-03-05 | 400x      | in      | 2026-02-02
                """
            },
            "changes",
            """
                headline
                Nothing moved beyond chance in Mar 2026
            """,
        ),
        Case(
            "Nobody is called lapsed for the silence of a source that is late.",
            {
                "referrals": """
                    source | extract    | referrals | practice | created
                    epic   | 2026-04-05 | 1x        | Oak Ave  | 2026-03-02
                    epic   | 2026-04-05 | 4x        | Pine Rd  | 2025-10-02
                    claims | 2026-03-05 | 4x        | Elm St   | 2025-10-02
                """
            },
            "changes",
            """
                kind   | sentence
                lapsed | 1 practice lapsed: Pine Rd. It sent 4 referrals from Jan 2025 to Dec 2025 and none since.
            """,
        ),
        Case(
            "Volume: two counts; here one line lost what another won, and all together stayed.",
            {
                "referrals": """
                    referrals | line       | created
                    1x        | Urology    | 2026-01-02
                    200x      | Urology    | 2026-02-02
                    200x      | Cardiology | 2026-02-02
                    300x      | Urology    | 2026-03-02
                    100x      | Cardiology | 2026-03-02
                """
            },
            "changes",
            """
                line       | sentence
                Cardiology | Cardiology volume fell by 50% against Feb 2026, to 100 referrals from 200 (34% to 62%).
                Urology    | Urology volume rose by 50% against Feb 2026, to 300 referrals from 200 (22% to 84%).
            """,
        ),
    ),
)
