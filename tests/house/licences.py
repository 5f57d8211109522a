"""What the run-time dependencies are licensed under, read from what is installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Permissive licences, and MPL, whose reach ends at its own files. By SPDX name, and as older packages write them.
PERMITTED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0"),
    *("OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib"),
    *("Apache Software License", "Apache License 2.0", "Apache 2.0"),
    *("BSD License", "BSD 3-Clause License", "3-Clause BSD License", "ISC License (ISCL)"),
    *("MIT License", "Mozilla Public License 2.0 (MPL 2.0)", "Python Software Foundation License"),
}
NAME_AT_MOST = 60  # characters; a longer "License" field is the text itself, which names many
# One machine's list, so that NOTICE does not change with whoever makes it.
LINUX = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
}


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    licence: str
    permitted: bool


def required(file: Path) -> Iterator[Requirement]:
    """The requirements that a file states itself, without those it refers to."""
    for line in file.read_text(encoding="utf-8").splitlines():
        stated = line.partition("#")[0].strip()
        if stated and not stated.startswith("-"):
            yield Requirement(stated)


def resolved(file: Path) -> list[Package]:
    """Every package that a requirements file brings in, by walking what is installed."""
    waiting, seen, found = list(required(file)), set(), {}
    while waiting:
        wanted = waiting.pop()
        for extra in wanted.extras or {""}:
            if (wanted.name, extra) in seen:
                continue
            seen.add((wanted.name, extra))
            installed = distribution(wanted.name)
            found[canonicalize_name(wanted.name)] = _package(installed.metadata, installed.version)
            here = {**LINUX, "extra": extra}
            needed = map(Requirement, installed.requires or [])
            waiting += [r for r in needed if r.marker is None or r.marker.evaluate(here)]
    return sorted(found.values(), key=lambda package: package.name.lower())


def _package(metadata: PackageMetadata, version: str) -> Package:
    licence, permitted = judged(metadata)
    return Package(metadata["Name"], version, licence, permitted)


def judged(metadata: PackageMetadata) -> tuple[str, bool]:
    """The licence as a package states it, and whether it may be shipped with: unknown may not."""
    expression = _field(metadata, "License-Expression")
    if expression:
        return expression, expression_permitted(expression)
    classifiers = metadata.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License :: OSI Approved :: ")]
    short = _field(metadata, "License")
    if not named and 0 < len(short) <= NAME_AT_MOST and "\n" not in short:
        named = [short]
    return " and ".join(named) or "unknown", bool(named) and all(name in PERMITTED for name in named)


def _field(metadata: PackageMetadata, name: str) -> str:
    return (metadata[name] or "").strip() if name in metadata else ""


def expression_permitted(expression: str) -> bool:
    """Whether an SPDX expression leaves us a permitted choice: OR offers one, AND asks for both."""
    tokens = re.findall(r"[()]|[^\s()]+", expression)

    def choice() -> bool:
        good = both()
        while tokens and tokens[0].upper() == "OR":
            tokens.pop(0)
            good = both() or good  # the right side is read in any case
        return good

    def both() -> bool:
        good = one()
        while tokens and tokens[0].upper() == "AND":
            tokens.pop(0)
            good = one() and good
        return good

    def one() -> bool:
        if not tokens:
            return False
        token = tokens.pop(0)
        if token == "(":
            good = choice()
            return bool(tokens) and tokens.pop(0) == ")" and good
        if tokens and tokens[0].upper() == "WITH":
            del tokens[:2]  # an exception only ever permits more
        return token in PERMITTED

    return choice() and not tokens
