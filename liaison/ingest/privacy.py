"""Which columns hold a patient's identifier, by their names alone, and what is done with them.

What the Safe Harbor rule (45 CFR 164.514(b)(2)) lists of a patient stays out of the store: names, places smaller than a
state, dates of birth, telephone and other numbers. Doubt goes against the file: a mapping can name the column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liaison.vocabulary import comparison_key

DROP, HASH = "drop", "hash"
WHOSE = r"(?:patient|pat|pt|member|mbr|subscriber|beneficiary|bene|enrollee|insured|guarantor)s?"
WORDS = (
    *("id", "ids", "identifier", "key", "no", "nbr", "num", "number", "code", "hash", "pseudonym", "token", "uuid"),
    *("name", "firstname", "lastname", "middlename", "fullname", "initials", "surname", "forename", "fname", "lname"),
    *("dob", "birthdate", "birthday", "dateofbirth", "birthdt", "birth", "bday", "deathdate", "dateofdeath"),
    *("address", "addr", "addressline", "street", "city", "county", "zip", "zipcode", "postalcode", "postcode"),
    *("phone", "telephone", "tel", "mobile", "cell", "fax", "email", "mail", "contact"),
    *("ssn", "mrn", "mrnid", "medicalrecordnumber", "account", "acct", "accountnumber", "acctnumber", "acctno"),
    *("photo", "url", "ip", "license", "passport"),
)
BETWEEN = (
    *("first", "last", "middle", "full", "given", "family", "maiden", "legal", "preferred", "display", "birth"),
    *("home", "work", "cell", "mobile", "mailing", "street", "postal", "primary", "line", "address", "current"),
    *("medical", "record", "mrn", "epic", "external", "internal", "source", "enc", "csn", "account", "acct", "of"),
    *("social", "security", "date", "chart", "contact", "unique", "plan", "health", "master"),
)
# These say what they are without saying whose.
ALONE = (
    *("mrn", "mrnid", "mrnno", "mrnnumber", "medicalrecordnumber", "medicalrecordno", "medicalrecordnum"),
    *("medicalrecordid", "medicalrecord", "medrecno", "medrecnum", "medrecnumber", "medrec", "hospitalnumber"),
    *("ssn", "ssnno", "ssnlast4", "last4ssn", "ssn4", "socialsecuritynumber", "socialsecurityno", "socialsecurity"),
    *("dob", "birthdate", "birthdt", "birthday", "dateofbirth", "bdate", "birthyear", "yearofbirth", "bornon"),
    *("deathdate", "dateofdeath", "mbi", "hicn", "hicno", "medicareid", "medicarenumber", "medicareno"),
    *("medicaidid", "medicaidnumber", "medicaidno", "empi", "mpi", "chartnumber", "chartno", "chartid"),
    *("policyholdername", "insuranceid", "insuranceno", "insurancenumber", "healthplanid", "nhsnumber"),
)
BACKWARDS = (
    "id",
    "identifier",
    "key",
    "name",
    "firstname",
    "lastname",
    "dob",
    "ssn",
    "mrn",
    "address",
    "phone",
    "email",
)
_NUMBERED = r"\d{0,2}"
_OF_A_PATIENT = re.compile(
    rf"(?:{WHOSE}(?:{'|'.join(BETWEEN)})*(?:{'|'.join(WORDS)}){_NUMBERED}"
    rf"|(?:{'|'.join(BACKWARDS)})(?:of|for)?(?:the)?{WHOSE}|(?:{'|'.join(ALONE)}){_NUMBERED})"
)


def is_suspected(column: str) -> bool:
    """Is the column named like a patient's identifier? Case, spaces and underscores do not matter."""
    return _OF_A_PATIENT.fullmatch(comparison_key(column)) is not None


@dataclass(frozen=True)
class Handled:
    """`drop`, `hash`: places of columns; `unnamed`: suspected columns that nobody has decided about."""

    drop: frozenset[int]
    hash: frozenset[int]
    unnamed: tuple[str, ...]
    notes: tuple[str, ...]


def handle(header: Sequence[str], own: Sequence[str], listed: Sequence[str], decided: Mapping[str, str]) -> Handled:
    """What becomes of each column that may identify a patient.

    `own`: names that the format itself gives its columns, never suspected; `listed`: those of them that are patients'
    ids, dropped unless `decided`; `decided`: column -> drop or hash, as the mapping says.
    """
    wanted = {comparison_key(column): what for column, what in decided.items()}
    ours, ids = {comparison_key(c) for c in own}, {comparison_key(c) for c in listed}
    drop, hashed, unnamed, notes = set(), set(), [], []
    for place, column in enumerate(header):
        key = comparison_key(column)
        what = wanted.get(key)
        if what == HASH:
            hashed.add(place)
        elif what == DROP:
            drop.add(place)
        elif key in ids:
            drop.add(place)
            notes.append(f"{column} was left out; a mapping can ask for a hash of it.")
        elif key not in ours and is_suspected(column):
            unnamed.append(column)
    return Handled(frozenset(drop), frozenset(hashed), tuple(unnamed), tuple(notes))
