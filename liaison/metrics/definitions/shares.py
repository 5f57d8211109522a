"""Shares of leakage: by the organisation that received, by the reason given; and shared patients."""

from liaison.metrics.definitions.base import Metric
from liaison.metrics.parts import destination_known, out_of_network

_RULES = (
    "The denominator is the same for every row: all referrals with a known destination. The rows add up to leakage.",
    "A blank one is the row `(none)`.",
)

organisation_share = Metric(
    name="organisation_share",
    title="Leakage by organisation",
    says="Of all referrals with a known destination, the share that went out of network to this organisation.",
    why="It names who takes what we lose.",
    source="docs/metrics.md, Leakage",
    numerator=out_of_network,
    denominator=destination_known,
    better="lower",
    rules=(*_RULES, "The organisation is the one on record for the destination in the month of the referral."),
)

cause_share = Metric(
    name="cause_share",
    title="Leakage by reason",
    says="Of all referrals with a known destination, the share that went out of network for this reason.",
    why="Only a loss whose reason is known can be mended.",
    source="docs/metrics.md, Leakage",
    numerator=out_of_network,
    denominator=destination_known,
    better="lower",
    rules=(*_RULES, "Reasons are those that the file gives, case and spaces apart."),
)

SHARED_CAVEATS = (
    "Shared patients are not referrals: two providers saw the same patient, in this order, whoever sent them.",
    "A patient counts once for every pair of providers, so patients repeat when pairs are added up.",
    "Pairs with fewer than 11 shared patients are missing from the data: one that is not listed is not a zero.",
    "The ranking by patients and the ranking by transactions can differ: say which one is meant.",
)
CAVEATS = {
    "cms-shared-patients": (*SHARED_CAVEATS, "Only Medicare fee-for-service is counted."),
    "hop-teaming": (
        *SHARED_CAVEATS,
        "Medicare only; how long may lie between the two visits is the publisher's rule.",
        "The data are licensed for non-commercial use, share-alike.",
    ),
}

shared_patient_share = Metric(
    name="shared_patient_share",
    title="Share of shared patients",
    says="Of all patients shared between two providers, added up over pairs, the share of this one.",
    why="It shows who works with whom where no referral of ours can: across the whole market.",
    source="CMS Physician Shared Patient Patterns; CareSet Hop Teaming",
    better="neither",
    rules=(
        "One data set and one vintage at a time: the newest, or the one asked for. They are never blended.",
        "Counts of 1 to 10 are hidden for everybody, as the data's publisher asks.",
        *SHARED_CAVEATS[:3],
        "What one organisation sees leave is of what went to providers of a known organisation; others stand beside.",
    ),
)
