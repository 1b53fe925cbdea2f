"""A line of a transcript: who says it, when, and the words with marks where a rule points at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: From which character to which (not included), and whether somebody says that it is not so.
Span = tuple[int, int, bool]


@dataclass(frozen=True)
class Said:
    """What was said in one line. `who`: only where a new speaker begins; `pause`: in words, before it."""

    text: str
    spans: Iterable[Span] = ()
    who: str = ""
    role: str = ""
    time: str = ""
    pause: str = ""


def talk(said: Said) -> SafeString:
    """The line, unaltered. The direction of writing is that of the words."""
    return format_html(
        '{}<p class="talk" dir="auto">{}{}</p>',
        _head(said) if said.who else "",
        format_html('<span class="pause">({})</span> ', said.pause) if said.pause else "",
        marked(said.text, said.spans),
    )


def _head(said: Said) -> SafeString:
    return format_html(
        '<p class="who"><bdi>{}</bdi> <span>{}</span>{}</p>',
        said.who,
        said.role,
        format_html(" <time>{}</time>", said.time) if said.time else "",
    )


def marked(text: str, spans: Iterable[Span]) -> SafeString:
    """The text, unaltered, with what the spans cover in `mark`. Where only contested spans cover it, a quieter one."""
    spans = [span for span in spans if span[0] < span[1]]
    if not spans:
        return format_html("{}", text)
    cuts = sorted({0, len(text), *(min(at, len(text)) for start, end, _ in spans for at in (start, end))})
    pieces = [
        (text[start:end], [contested for begin, last, contested in spans if begin < end and start < last])
        for start, end in pairwise(cuts)
    ]
    return format_html_join("", "{}", ((_piece(piece, over),) for piece, over in pieces))


def _piece(text: str, contested: list[bool]) -> str:
    if not contested:
        return text
    kind = "found contested" if all(contested) else "found"
    return format_html('<mark class="{}">{}</mark>', kind, text)
