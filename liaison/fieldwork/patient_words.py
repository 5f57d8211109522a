"""Whether a text looks as if it named a patient: numbers and dates that must not come into the store.

A name cannot be told from other words, so forms warn of it. What has a shape is refused: a social security number, a
record number, a birth date. Doubt goes against the text; telephone numbers in groups, NPIs, ZIP codes, ids with letters
and days of the last two years pass.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from liaison.fieldwork.syntax import Fault
from liaison.vocabulary import valid_npi

NO_PATIENTS = "No patient's name, birth date or record number here: say what happened, not to whom."
_SOCIAL = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])|\b(?:ssn|social security)\b\D{0,12}\d{4}", re.I)
_RECORD = re.compile(
    r"\b(?:mrn|med(?:ical)? ?rec(?:ord)?s?|chart|patient|pt|encounter|csn|account|acct|mbi|member)"
    r"(?: ?(?:id|no|nr|num|number|#))?\.?\s*(?:is|was|[:#=])?\s*#?\s*[a-z]{0,3}-?\d{5,}",
    re.I,
)
_BORN = re.compile(r"\b(?:d\.?o\.?b\b\.?|born|birth ?da(?:te|y)|date of birth|birthdate)\D{0,12}\d", re.I)
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<first>(?:19|20)\d\d)[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?P<last>\d{4}|\d\d))(?!\d)"
)
_DIGITS = re.compile(r"(?<![\w.,$-])\d{6,}(?![\w-])")
YEARS = 2  # a full date longer ago than this is likelier a birth date than a day of a complaint


def patient_words(text: str, day: str | None = None) -> str | None:
    """What a text looks like, such as 'a birth date', written on an ISO day; None where nothing is seen."""
    if _SOCIAL.search(text):
        return "a social security number"
    if _RECORD.search(text) or any(not valid_npi(number) for number in _DIGITS.findall(text)):
        return "a record number"
    if _BORN.search(text) or any(_long_ago(year, day) for year in _years(text)):
        return "a birth date"
    return None


def patient_faults(values: Mapping[str, Any], columns: Iterable[str], day: str | None = None) -> list[Fault]:
    """A fault for each of these columns whose text looks as if it named a patient; the text itself is not repeated."""
    found = []
    for column in columns:
        seen = patient_words(str(values[column]), day) if values.get(column) else None
        if seen:
            remedy = "Say what happened without naming a patient; write telephone numbers in groups, as 615 555 0101."
            found.append(Fault(column, f"holds what looks like {seen}", remedy, quoted=False))
    return found


def _years(text: str) -> list[str]:
    return [found["first"] or found["last"] for found in _DATE.finditer(text)]


def _long_ago(year: str, day: str | None) -> bool:
    """Two digits that would lie ahead are of the century before."""
    now = int((day or datetime.now(UTC).date().isoformat())[:4])
    full = int(year) if len(year) == 4 else now // 100 * 100 + int(year)
    return (full if full <= now + 1 else full - 100) < now - YEARS
