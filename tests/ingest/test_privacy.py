"""No column that may identify a patient goes in unnamed; what is hashed is hashed before anything is stored."""

import hashlib
import hmac
from pathlib import Path

import pytest

from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.privacy import is_suspected
from liaison.ingest.result import BatchRefusedError
from tests.ingest.helpers import GOOD, by_id, csv_text, facts, file, take

SUSPECTED = """
patient_id patient_name pat_id pat_name mrn medical_record_number ssn dob birth_date date_of_birth patient_address
patient_zip patient_phone patient_email patient_first_name patient_last_name patient_dob member_id PATIENT_ID
PatientId patientName PAT_MRN_ID pt_name patient_mrn patient_ssn
patient_city patient_street subscriber_id beneficiary_id
medicare_number mbi social_security_number patient_date_of_birth patient_home_phone guarantor_name
insured_name chart_number id_of_patient
""".split()
HARMLESS = """
patient_count patients patient_class patient_status patient_volume number_of_patients bene_count npi name practice_id
person_id pattern_name address phone zip location_id facility_name physician_name inpatient payer PAYOR_ID_PAYOR_NAME
EXTERNAL_ID_NUM num_org_mem referral_id average_day_wait provider_id contact
""".split()


@pytest.mark.parametrize("column", [*SUSPECTED, "Patient Name", "Medical Record Number", "D.O.B.", " Patient  ID "])
def test_names_of_patients_identifiers_are_known(column: str) -> None:
    assert is_suspected(column)


@pytest.mark.parametrize("column", HARMLESS)
def test_other_columns_are_left_alone(column: str) -> None:
    assert not is_suspected(column)


def with_column(column: str, value: str = "P-77") -> str:
    return csv_text([["R1", "2026-01-05", "Elm", value]], f"referral_id,created_on,referring_practice,{column}")


def mapped(column: str, what: str, more: str = "") -> str:
    return f'format = "referrals"\n{more}\n[identifiers]\n"{column}" = "{what}"\n'


def test_an_unnamed_identifier_refuses_the_file_and_its_values_are_not_told(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        take(home, file(tmp_path, with_column("Patient Name", "Jane Doe")))
    assert "Patient Name" in refused.value.what
    assert '[identifiers] "Patient Name" = "drop"' in refused.value.remedy
    assert "Jane" not in str(refused.value)


def test_all_reasons_of_a_refusal_are_said_at_once(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError) as refused:
        take(home, file(tmp_path, csv_text([["1", "x", "y"]], "referal_id,mrn,patient_dob")))
    said = str(refused.value)
    for part in (
        "mrn",
        "patient_dob",
        "no column referral_id",
        "no column created_on",
        "referring_npi or referring_practice",
    ):
        assert part in said
    assert 'referral_id = "referal_id"' in said


def test_a_dropped_column_is_nowhere(home: Home, tmp_path: Path) -> None:
    take(home, file(tmp_path, with_column("mrn", "SECRET-1")), mapping=mapped("mrn", "drop"))
    assert b"SECRET-1" not in _everything(home)


@pytest.mark.parametrize("column", ["PAT_ID", "patient_key"])
def test_a_hashed_id_is_an_hmac_with_the_instances_key(column: str, home: Home, tmp_path: Path) -> None:
    text = csv_text(
        [["R1", "2026-01-05", "Elm", "SECRET-1"], ["R2", "2026-01-05", "Elm", ""]],
        f"referral_id,created_on,referring_practice,{column}",
    )
    take(home, file(tmp_path, text), mapping=mapped(column, "hash"))
    expected = hmac.new(home.instance_key, b"SECRET-1", hashlib.sha256).hexdigest()
    assert {name: row["patient_key"] for name, row in by_id(home).items()} == {"R1": expected, "R2": None}
    assert b"SECRET-1" not in _everything(home)


def test_the_formats_own_id_is_dropped_unasked_with_a_note(home: Home, tmp_path: Path) -> None:
    found = take(home, file(tmp_path, with_column("patient_key", "SECRET-1")))
    assert any("patient_key was left out" in note for note in found.notes)
    assert {row["patient_key"] for row in facts(home)} == {None}


def test_a_bad_value_of_an_identifier_is_not_told(home: Home, tmp_path: Path) -> None:
    """Somebody maps the hashed record number to the key of the rows; another column is wrong."""
    text = csv_text([["SECRET-1", "never", GOOD]], "mrn,created_on,referring_npi")
    mapping = mapped("mrn", "hash", '[columns]\nreferral_id = "mrn"')
    with pytest.raises(BatchRefusedError) as refused:
        take(home, file(tmp_path, text), mapping=mapping)
    assert "SECRET" not in str(refused.value.as_json())
    assert b"SECRET-1" not in _everything(home)


def test_identifiers_in_a_spreadsheet_of_records_are_refused_too(home: Home, tmp_path: Path) -> None:
    with pytest.raises(LiaisonError, match="patient_name"):
        take(home, file(tmp_path, "practice_id,name,patient_name\nE1,Elm,Jane\n"), "practices")


def _everything(home: Home) -> bytes:
    home.close()
    return b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file())
