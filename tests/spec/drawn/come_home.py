"""What could come home: which referrals that left went in lines that we take."""

from tests.spec.case import Case, Chapter

COME_HOME = Chapter(
    "What could come home",
    (
        Case(
            "Of what a practice sent out of network, that counts which went in lines that our own organisations take. "
            "A line is taken where one in-network referral did not end without being seen, whoever sent it.",
            {
                "referrals": """
                    referral | practice | line        | network | exit    | vantage
                    1        | Elm St   | Neurology   | out     |         | ordered
                    2        | Elm St   | Neurology   | out     |         | ordered
                    3        | Elm St   | Urology     | out     |         | ordered
                    4        | Elm St   | Dermatology | out     |         | ordered
                    5        | Elm St   | Neurology   |         |         | ordered
                    6        | Oak Ave  | Neurology   | in      |         | ordered
                    7        | Oak Ave  | Urology     | in      | no_show | ordered
                    8        | Oak Ave  | Cardiology  | out     |         | ordered
                    9        | Pine Rd  | Dermatology | in      |         | received
                """
            },
            "come_home",
            """
                practice | could come home | outside | main line | leakage
                Elm St   | 3               | 4       | Neurology | 100%
                Oak Ave  | 0               | 1       | none      | 33%
                total    | 3               | 5       | none      | not known
            """,
            "Urology was only sent and never seen here, cardiology never sent: neither could come home. "
            "Pine Rd sent nothing outside and is not listed.",
        ),
        Case(
            "A filter cuts the practices, not the lines that we take.",
            {
                "practices": """
                    practice_id | type
                    Elm St      | Family medicine
                    Oak Ave     | Pediatrics
                """,
                "referrals": """
                    referral | practice | line      | network
                    1        | Elm St   | Neurology | out
                    2        | Elm St   | Urology   | out
                    3        | Oak Ave  | Neurology | in
                """,
            },
            "come_home practice_type=family_medicine",
            """
                practice | could come home | outside | main line | leakage
                Elm St   | 1               | 2       | Neurology | 100%
                total    | 1               | 2       | none      | not known
            """,
        ),
        Case(
            "Outside the team a small count is hidden, and what would give it away.",
            {
                "referrals": """
                    referrals | practice | line      | network
                    40x       | Elm St   | Neurology | out
                    30x       | Elm St   | Neurology | in
                    5x        | Oak Ave  | Neurology | out
                    7x        | Ash Ct   | Neurology | out
                    25x       | Pine Rd  | Urology   | out
                """
            },
            "come_home audience=outside",
            """
                practice | could come home | outside | main line | leakage
                Elm St   | 40              | 40      | none      | 57%
                Pine Rd  | 0               | 25      | none      | 100%
                Ash Ct   | hidden          | hidden  | none      | hidden
                Oak Ave  | hidden          | hidden  | none      | hidden
                total    | 52              | 77      | none      | not known
            """,
            "The two that are hidden make up 12, which tells neither. Nor is a main line named.",
        ),
    ),
)
