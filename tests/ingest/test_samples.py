"""Public sample files, where somebody has them (`LIAISON_SAMPLES`, a folder): counts equal plain Python's."""

import csv
import gzip
import io
import os
from collections import Counter
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.result import BatchRefusedError
from tests.ingest.helpers import by_id, facts, npi, take

SAMPLES = os.environ.get("LIAISON_SAMPLES")

pytestmark = pytest.mark.skipif(not SAMPLES, reason="LIAISON_SAMPLES names no folder of public sample files")
BOTH = """
format = "referrals"
[columns]
created_on = "referral_date"
referring_npi = "physician_npi"
referring_practice = "physician_name"
[identifiers]
patient_id = "drop"
"""


def sample(*parts: str) -> Path:
    return Path(SAMPLES or "").joinpath(*parts)


def plain(*parts: str) -> list[dict[str, str]]:
    path = sample(*parts)
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def holds(text: str) -> bool:
    return len(text) == 10 and text.isdigit() and text[0] == "1" and npi(int(text[1:9])) == text


def test_a_crm_export_with_npi_and_name(home: Home) -> None:
    found = take(home, sample("crm", "physician_referrals.csv"), mapping=BOTH)
    given = plain("crm", "physician_referrals.csv")
    assert (found.rows_read, found.rows_accepted, found.rows_new) == (5_997, 5_997, 5_997)
    assert found.npi_invalid == sum(not holds(row["physician_npi"]) for row in given) == 5_421
    kept = by_id(home)
    assert Counter(row["referring_practice"] for row in kept.values()) == Counter(r["physician_name"] for r in given)


def test_a_crm_export_with_the_npi_alone_is_refused(home: Home) -> None:
    alone = BOTH.replace('referring_practice = "physician_name"\n', "")
    with pytest.raises(BatchRefusedError) as refused:
        take(home, sample("crm", "physician_referrals.csv"), mapping=alone)
    assert (refused.value.result.rows_read, refused.value.result.rows_rejected) == (5_997, 5_421)


def test_a_crm_export_must_have_its_patient_id_named(home: Home) -> None:
    unnamed = BOTH.replace('[identifiers]\npatient_id = "drop"\n', "")
    with pytest.raises(LiaisonError, match="patient_id"):
        take(home, sample("crm", "physician_referrals.csv"), mapping=unnamed)


def test_a_queue_without_referrers_is_refused_with_what_it_lacks(home: Home) -> None:
    with pytest.raises(LiaisonError) as refused:
        take(home, sample("referrals", "capacity_referrals.csv"))
    for lacking in ("patient_id", "no column created_on", "no column referring_npi or referring_practice"):
        assert lacking in str(refused.value)
    assert 'created_on = "referral_date"' in refused.value.remedy


def test_the_nashville_edges_through_a_mapping(home: Home) -> None:
    mapping = 'format = "hop-teaming"\n[columns]\nfrom_npi = "npi_providers"\nto_npi = "npi_hospitals"\n'
    found = take(home, sample("hopteam", "hopteam_nashville_2018_joined.csv.gz"), "hop-teaming", mapping=mapping)
    given = plain("hopteam", "hopteam_nashville_2018_joined.csv.gz")
    kept = facts(home, "edge")
    assert (found.rows_read, len(kept)) == (2_785, 2_785)
    assert sum(row["patients"] for row in kept) == sum(int(row["patient_count"]) for row in given)
    assert sum(row["transactions"] for row in kept) == sum(int(row["transaction_count"]) for row in given)


@pytest.mark.parametrize(
    "name", ["npidata_10rows_329col.csv", "npidata_5000rows_41col.csv", "npidata_500rows_330col_floatzips.csv"]
)
def test_the_registry_samples(home: Home, name: str) -> None:
    found = take(home, sample("nppes", name), "nppes")
    given = plain("nppes", name)
    kept = facts(home, "registry")
    assert (found.rows_read, found.rows_rejected) == (len(given), 0)
    assert [row["npi"] for row in kept] == [row["NPI"] for row in given]
    alone = {row["NPI"] for row in given if row["NPI Deactivation Date"] and not row["Entity Type Code"]}
    assert {row["npi"] for row in kept if not row["active"]} == alone


def test_the_taxonomy(home: Home) -> None:
    take(home, sample("nucc", "nucc_taxonomy_251.csv"), "nucc")
    assert {row["code"] for row in facts(home, "taxonomy")} == {
        r["Code"] for r in plain("nucc", "nucc_taxonomy_251.csv")
    }


def test_field_visits_through_a_mapping_need_their_people_first(home: Home) -> None:
    mapping = (
        'format = "visits"\n[columns]\nvisit_id = "activity_id"\nperson_id = "rep_id"\ndate = "activity_date"\n'
        'npi = "physician_npi"\n'
    )
    with pytest.raises(BatchRefusedError) as refused:
        take(home, sample("crm", "sales_rep_activity.csv"), "visits", mapping=mapping)
    assert refused.value.result.rows_read == len(plain("crm", "sales_rep_activity.csv"))
