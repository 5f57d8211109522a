"""NPI check digits, computed the long way round (ISO 7812 with the prefix 80840)."""


def _sum(digits: str) -> int:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total


def valid(npi: str) -> bool:
    return len(npi) == 10 and npi.isascii() and npi.isdigit() and _sum("80840" + npi) % 10 == 0


def npi(number: int) -> str:
    """A valid NPI made of nine digits and its check digit."""
    body = f"1{number:08d}"
    return next(body + str(d) for d in range(10) if valid(body + str(d)))
