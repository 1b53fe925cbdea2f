"""How people are let in: every button, sentence and command of that page is there as it says."""

import re
from pathlib import Path

import pytest

from attune.cli import _parser

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "how-to" / "let-people-in.md").read_text("utf-8")
#: Bold in front of a list: what somebody has, or what happened; nothing to press.
_NO_BUTTONS = {"With a recovery code", "With a passkey on another device", "With neither"}


def spoken() -> str:
    """Every sentence that the sign-in, the links and the commands can say."""
    source = HOUSE / "src" / "attune"
    folders = ("doors/templates", "doors/entrance", "people", "commands", "pages/templates")
    files = [path for folder in folders for path in (source / folder).rglob("*") if path.suffix in (".html", ".py")]
    return re.sub(r"\s+", " ", " ".join(path.read_text("utf-8") for path in sorted(files)))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_button_is_called_so() -> None:
    said = spoken()
    named = {one_line(bold) for bold in re.findall(r"\*\*(.+?)\*\*", PAGE, re.DOTALL)} - _NO_BUTTONS
    assert len(named) > 20
    assert [label for label in sorted(named) if f'"{label}"' not in said] == []


def test_every_refusal_is_said_so() -> None:
    said = spoken()
    quoted = re.findall("“(.+?)”", PAGE)
    assert len(quoted) > 10
    assert [sentence for sentence in quoted if sentence not in said] == []


@pytest.mark.parametrize("line", re.findall(r"^\s*attune (.+)$", PAGE, re.MULTILINE))
def test_every_command_is_one(line: str) -> None:
    assert _parser().parse_args(line.split()).command in ("invite-operator", "staff")
