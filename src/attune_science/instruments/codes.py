"""Codes by which other systems know an instrument: well formed, or refused."""

import re

from attune_science.instruments.text import refuse_unless

_LOINC = re.compile(r"[0-9]{1,7}-[0-9]")


def is_loinc(code: str) -> bool:
    """Whether a code is a well-formed LOINC code: its last digit is the check digit of the others.

    Parameters
    ----------
    code
        Digits, a hyphen, one digit.

    Returns
    -------
    bool
        True when the check digit (modulus 10, as Luhn has it) is right.

    Limits
    ------
    Well formed does not mean that it names the right thing.

    References
    ----------
    loinc-check-digit

    Example
    -------
    >>> is_loinc("44249-1"), is_loinc("70274-5")
    (True, False)
    """
    if _LOINC.fullmatch(code) is None:
        return False
    number, check = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(check)


def check_loinc(code: str, place: str) -> None:
    """Refuse a code that cannot be one; an empty one says that none was verified."""
    refuse_unless(
        not code or is_loinc(code),
        place,
        f"“{code}” is no LOINC code: its check digit is wrong.",
        "Look the code up again, or leave it out.",
    )
