"""Help now: every number can be dialled, is the one that is printed, and says where and when it was checked."""

import re
from datetime import date

import pytest

from attune.care.safety.help_now import Country, HelpLine, list_help

LINES = [pytest.param(line, id=f"{country.name}: {line.name}") for country in list_help() for line in country.lines]
#: The day on which the file was begun: an earlier look is a slip of the pen.
BEGUN = date(2026, 11, 25)
_KEYS = ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"]
_KEYPAD = {letter: str(digit) for digit, letters in enumerate(_KEYS, 2) for letter in letters}


@pytest.mark.parametrize("line", LINES)
def test_a_line_can_be_dialled(line: HelpLine) -> None:
    assert re.fullmatch(r"\+?[0-9]{3,15}", line.dial)


@pytest.mark.parametrize("line", LINES)
def test_what_is_printed_is_what_is_dialled(line: HelpLine) -> None:
    pressed = "".join(_KEYPAD.get(sign, sign) for sign in line.number if sign.isalnum() or sign == "+")
    assert pressed == line.dial


@pytest.mark.parametrize("line", LINES)
def test_a_line_says_where_and_when_it_was_checked(line: HelpLine) -> None:
    page, found, day = line.source.partition("; looked at ")
    assert found
    assert re.match(r"[a-z0-9.-]+\.[a-z]{2,}, \S", page), "a source begins with the site, and names the page"
    assert date.fromisoformat(day) >= BEGUN


@pytest.mark.parametrize("line", LINES)
def test_a_line_has_a_name_and_hours(line: HelpLine) -> None:
    assert line.name.strip()
    assert line.hours.strip()


@pytest.mark.parametrize("country", list_help(), ids=lambda country: country.name)
def test_a_country_ends_with_its_emergency_number(country: Country) -> None:
    assert country.lines[-1].name == "Emergency"


def test_no_country_stands_twice() -> None:
    names = [country.name for country in list_help()]
    assert len(names) == len(set(names)) > 0


def test_the_file_is_read_once() -> None:
    assert list_help() is list_help()
