"""Any bytes: a sentence, or a batch that a plain reader agrees with; never anything else."""

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from liaison.config import Settings
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.ingest.result import ImportResult
from tests.ingest.helpers import GOOD, HEADER, WRONG, csv_text, file, good_rows, take

PLAIN = csv_text(good_rows(3)).encode()


@pytest.fixture(scope="module")
def module_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    opened = Home.open(Settings(home=tmp_path_factory.mktemp("any") / "home"))
    yield opened
    opened.close()


def told(home: Home, data: bytes, allow_rejects: bool = False) -> ImportResult | LiaisonError:
    """The result of a dry run, or the error with which it was refused; anything else fails the test."""
    error: LiaisonError | None = None
    try:
        found: ImportResult = take(home, file(home.path, data, "any.csv"), dry_run=True, allow_rejects=allow_rejects)
    except LiaisonError as refused:
        error = refused
    if error:
        assert error.what
        assert error.remedy
        return error
    assert found.rows_accepted + found.rows_rejected == found.rows_read
    assert found.rows_new + found.rows_updated + found.rows_unchanged <= found.rows_accepted
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe\x00")
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"PK\x03\x04")
@example(b"\x1f\x8b")
@example(b"PAR1PAR1")
@example(b'"')
@example(b"\xef\xbb\xbf")
@example(b"\r")
def test_any_bytes_are_told(module_home: Home, data: bytes) -> None:
    told(module_home, data)


@given(st.binary(max_size=80), st.integers(0, len(PLAIN)), st.integers(0, 60))
@example(b'"', 60, 0)
@example(b"\r\n\r", 60, 3)
def test_a_good_file_with_any_bytes_spilt_on_it_is_told(module_home: Home, data: bytes, at: int, gone: int) -> None:
    told(module_home, PLAIN[:at] + data + PLAIN[at + gone :], allow_rejects=True)


def _zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.csv", data)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, _zip], ids=["gz", "zip"])
@given(chosen=st.randoms(use_true_random=False))
def test_a_damaged_archive_is_told(module_home: Home, pack: Callable[[bytes], bytes], chosen: random.Random) -> None:
    data = bytearray(pack(PLAIN))
    for _ in range(chosen.randrange(1, 4)):
        data[chosen.randrange(4, len(data))] = chosen.randrange(256)
    told(module_home, bytes(data[: chosen.choice([len(data), chosen.randrange(4, len(data))])]), allow_rejects=True)


def damaged(chosen: random.Random, rows: int) -> tuple[str, list[tuple[str, list[str] | None]]]:
    """(text, what each line after the header is): a good row, a row to refuse, or a blank line."""
    lines, expected = [HEADER], []
    for i in range(rows):
        practice = chosen.choice(["Elm", "Oak, East", 'The "Pines"', "Two\nlines", "  Fir "])
        good = [f"R{i}", f"2026-01-{chosen.randrange(1, 29):02d}", chosen.choice([GOOD, "", WRONG]), practice]
        kind = chosen.choice(["good"] * 6 + ["blank", "short", "long", "quote", "date", "id", "key"])
        row = list(good)
        if kind == "short":
            row = good[: chosen.randrange(1, 4)]
        elif kind == "long":
            row = [*good, "more"]
        elif kind == "date":
            row[1] = chosen.choice(["2026-02-30", "", "soon", "1-1-1"])
        elif kind == "id":
            row[0] = ""
        elif kind == "key":
            row[2:] = [WRONG, " "]
        line = "" if kind == "blank" else _line(row, chosen)
        if kind == "quote":
            line = f'R{i},2026-01-05,{GOOD},"Elm" Street'
        lines.append(line)
        expected.append(
            ("blank" if kind == "blank" else "good" if kind == "good" else "bad", row if kind == "good" else None)
        )
    return "\n".join(lines) + "\n", expected


def _line(row: list[str], chosen: random.Random) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=chosen.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), lineterminator="\n").writerow(row)
    return written.getvalue()[:-1]


@given(chosen=st.randoms(use_true_random=False), rows=st.integers(1, 60))
def test_random_damage_is_found_where_it_was_done(module_home: Home, chosen: random.Random, rows: int) -> None:
    text, expected = damaged(chosen, rows)
    bad = [number for number, (kind, _) in enumerate(expected, 2) if kind == "bad"]
    good = [row for kind, row in expected if kind == "good" and row]
    data = text.replace("\n", "\r\n").encode() if chosen.random() < 0.3 else text.encode()
    found = told(module_home, data, allow_rejects=True)
    if isinstance(found, LiaisonError):
        assert not good
        return
    assert [reject.row for reject in found.rejects] == bad[:1_000]
    assert (found.rows_accepted, found.rows_new) == (len(good), len(good))
    assert found.npi_invalid == sum(row[2] == WRONG for row in good)


@pytest.mark.audit
@pytest.mark.parametrize("seed", range(40))
def test_large_damaged_files_are_read_across_blocks(seed: int, module_home: Home, tmp_path: Path) -> None:
    """Several blocks of the reader and of the engine, so that rows stand on their borders."""
    test_random_damage_is_found_where_it_was_done.hypothesis.inner_test(  # type: ignore[attr-defined]
        module_home, random.Random(seed), 60_000
    )
