"""Marks around what was said in subtitles: tags and character references."""

import re
from html.entities import html5

# Bounded, and the semicolon is asked for: “AT&T” and “R&D” stay as they are.
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));")
#: What stands between pointed brackets and begins like a tag or a time; “I <3 you” has none.
TAG = re.compile(r"(</?[a-zA-Z][^<>]*>|</>|<\d{1,4}:[^<>]*>)")
_OPEN = re.compile(r"<(?:/?[a-zA-Z][^<>]*|\d{1,4}:[^<>]*|/)?\Z")
# The marks of direction in which a name in Arabic or Hebrew may be wrapped.
DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def unescape(text: str) -> str:
    """Character references as the characters that they mean; unknown ones stay.

    Example
    -------
    >>> unescape("you &amp; me &#39;now&#39; R&D")
    "you & me 'now' R&D"
    """
    return _REFERENCE.sub(_meant, text) if "&" in text else text


def ends_in_a_tag(text: str) -> bool:
    """Whether a tag is opened and never closed: the file was cut there."""
    last = text.rfind("<")
    return last >= 0 and _OPEN.match(text, last) is not None


def _meant(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return html5.get(f"{name};", found.group())
    point = int(decimal or hexadecimal, 10 if decimal else 16)
    if not 32 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return " "
    return chr(point)
