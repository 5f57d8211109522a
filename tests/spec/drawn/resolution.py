"""Resolution: whose referral it was, where it went, in which territory. Equality only; anything doubtful proposes."""

from tests.spec.case import Case, Chapter

RESOLUTION = Chapter(
    "Resolution",
    (
        Case(
            "A practice is found by its id, name or an alias, whatever the case, punctuation and spaces.",
            {
                "practices": """
                    practice_id | name           | aliases
                    P-1         | Elm St Clinic  | Elm Street; Elm Str.
                """,
                "referrals": """
                    referral | practice
                    1        | p 1
                    2        | ELM ST. CLINIC
                    3        | elm-street
                    4        | Elm Street West
                """,
            },
            "volume by practice",
            """
                practice        | month   | referrals
                Elm St Clinic   | 2026-03 | 3
                Elm Street West | 2026-03 | 1
            """,
        ),
        Case(
            "Without a name that is known, the NPI's only place in that month counts; with several, the name as given.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                    P-2         | Oak Ave
                """,
                "providers": """
                    npi        | practice_id | from       | to
                    1000000001 | P-1         |            |
                    1000000002 | P-1         |            |
                    1000000002 | P-2         |            |
                    1000000003 | P-1         |            | 2026-02-28
                    1000000003 | P-2         | 2026-03-01 |
                """,
                "referrals": """
                    referral | npi        | practice
                    1        | 1000000001 | Suite 4
                    2        | 1000000002 | Suite 4
                    3        | 1000000003 |
                    4        | 1000000002 |
                    5        | 1000000009 |
                """,
            },
            "volume by practice",
            """
                practice | month   | referrals
                Elm St   | 2026-03 | 2
                (none)   | 2026-03 | 1
                Oak Ave  | 2026-03 | 1
                Suite 4  | 2026-03 | 1
            """,
            note="Referral 4 has no name, and its provider works at two places: the first place known counts.",
        ),
        Case(
            "Where the name and the NPI disagree the name wins, and the disagreement is counted.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                    P-2         | Oak Ave
                """,
                "providers": """
                    npi        | practice_id
                    1000000001 | P-1
                """,
                "referrals": """
                    referral | npi        | practice | network | line
                    1        | 1000000001 | Oak Ave  | in      | Urology
                    2        | 1000000001 | Elm St   | in      | Urology
                """,
            },
            "quality",
            """
                source | what                  | referrals
                epic   | name_and_npi_disagree | 1 of 2
            """,
        ),
        Case(
            "A given status counts; without one the organisation by name, else that of the provider referred to.",
            {
                "organisations": """
                    organisation_id | ours  | aliases
                    Mercy           | true  | Mercy Health
                    Summit          | false |
                """,
                "providers": """
                    npi        | organisation_id
                    1000000005 | Summit
                """,
                "referrals": """
                    referral | practice | network | organisation | to
                    1        | Elm St   |         | mercy HEALTH |
                    2        | Elm St   | unknown | Summit       |
                    3        | Elm St   |         | See notes    | 1000000005
                    4        | Elm St   | in      | Summit       |
                    5        | Elm St   |         | See notes    |
                """,
            },
            "leakage by organisation",
            """
                organisation | out | known | unknown | leakage
                Summit       | 2   | 4     | 0       | 50%
                Mercy        | 0   | 4     | 0       | 0%
                See notes    | 0   | 4     | 1       | 0%
                total        | 2   | 4     | 1       | 50%
            """,
            note="Referral 4 is in network as given, though Summit is not ours: quality counts the contradiction.",
        ),
        Case(
            "A name that a person merged into a practice counts as it.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                """,
                "referrals": """
                    referral | practice      | network
                    1        | Elm St        | out
                    2        | Elm St Clinic | in
                """,
                "merges": """
                    kind     | name          | into
                    practice | Elm St Clinic | P-1
                """,
            },
            "leakage by practice",
            """
                practice | out | known
                Elm St   | 1   | 2
                total    | 1   | 2
            """,
        ),
        Case(
            "Two records of one name leave that name to neither: their ids still tell them apart.",
            {
                "practices": """
                    practice_id | name
                    P-1         | Elm St
                    P-2         | Elm St
                """,
                "referrals": """
                    referral | practice
                    1        | P-1
                    2        | P-2
                    3        | Elm St
                    4        | Elm St
                    5        | Elm St
                """,
            },
            "quality",
            """
                unmatched | referrals
                Elm St    | 3
            """,
        ),
        Case(
            "The territory is the one in force in the referral's month; a ZIP code goes before its county.",
            {
                "practices": """
                    practice_id | name    | zip
                    P-1         | Elm St  | 37203
                    P-2         | Oak Ave | 37211
                """,
                "territories": """
                    territory_id | kind   | code  | from    | to
                    North        | zip    | 37203 |         | 2026-02-28
                    South        | zip    | 37203 | 2026-03-01 |
                    County       | county | 47037 |         |
                """,
                "referrals": """
                    referral | practice | created
                    1        | Elm St   | 02-27
                    2        | Elm St   | 03-01
                    3        | Elm St   | 03-02
                    4        | Oak Ave  | 03-01
                    5        | Oak Ave  | 03-01
                    6        | Oak Ave  | 03-01
                    7        | Fig St   | 03-01
                """,
            },
            "volume by territory",
            """
                territory | month   | referrals
                County    | 2026-03 | 3
                South     | 2026-03 | 2
                (none)    | 2026-03 | 1
                North     | 2026-02 | 1
            """,
        ),
        Case(
            "A service line is given by name, else by the taxonomy code; categories are kept, case and spaces apart.",
            {
                "referrals": """
                    referral | practice | line        | code
                    1        | Elm St   | Cardiology  | 2084N0400X
                    2        | Elm St   |             | 207RC0000X
                    3        | Elm St   | CARDIO LOGY |
                    4        | Elm St   | Hand clinic |
                    5        | Elm St   | hand-clinic |
                    6        | Elm St   |             |
                """
            },
            "volume by service_line",
            """
                service_line | month   | referrals
                Cardiology   | 2026-03 | 3
                Hand clinic  | 2026-03 | 2
                (none)       | 2026-03 | 1
            """,
        ),
    ),
)
