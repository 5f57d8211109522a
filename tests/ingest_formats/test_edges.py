"""Shared-patient files: which column is patients depends on who publishes them."""

from liaison.ingest.formats.edges import HopTeaming, SharedPatients
from liaison.ingest.formats.nucc import Nucc
from tests.ingest_formats.luhn import npi
from tests.ingest_formats.staging import Staged

A, B = npi(1), npi(2)


def test_cms_counts_patients_in_its_fourth_column() -> None:
    (row,) = Staged(SharedPatients(), {"main": f"{A},{B},        57,        13,         2\n"}).facts("edge")
    assert (row["from_npi"], row["to_npi"], row["transactions"], row["patients"], row["same_day"]) == (A, B, 57, 13, 2)


def test_hop_teaming_counts_patients_in_its_third() -> None:
    header = "from_npi,to_npi,patient_count,transaction_count,average_day_wait,std_day_wait"
    (row,) = Staged(HopTeaming(), {"main": f"{header}\n{A},{B},13,57,37.477,64.5\n"}).facts("edge")
    assert (row["patients"], row["transactions"], row["average_wait"]) == (13, 57, 37.477)
    assert "same_day" not in row


def test_every_figure_of_edges_carries_its_caveats() -> None:
    for form in (SharedPatients, HopTeaming):
        said = " ".join(form.caveats)
        assert "not referrals" in said
        assert "fewer than 11" in said
        assert "patients repeat when pairs are added up" in said


def test_a_taxonomy_of_either_layout_is_read() -> None:
    header = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section"
    new = f"{header}\n207R00000X,G,C,S,D,N,Shown,I\n"
    old = "Code,Type,Classification,Specialization,Definition,Notes\n207R00000X,G,C,,D,N\n"
    (row,) = Staged(Nucc(), {"main": new}).facts("taxonomy")
    assert [row[c] for c in ("code", "grouping", "classification", "specialization", "display")] == [
        "207R00000X", "G", "C", "S", "Shown",
    ]  # fmt: skip
    (row,) = Staged(Nucc(), {"main": old}).facts("taxonomy")
    assert (row["grouping"], row["specialization"], row["display"]) == ("G", None, None)
