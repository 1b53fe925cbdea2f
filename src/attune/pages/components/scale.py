"""One line answered 0 to 10: eleven keys in one row, none chosen beforehand, and a twelfth answer, "not today".

A check-in shows up to eight of these, 96 radios, so they are put together here and the rows of keys are kept:
a template of their own would cost several times the budget of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from attune.pages.components.reading import why
from attune_science.answers import DOES_NOT_FIT

HIGHEST = 10
_KEYS = frozenset(map(str, range(HIGHEST + 1)))

#: Under the start, the middle and the end. The top is hard to reach on purpose: the cheapest cure for ceilings.
ANCHORS = (gettext_lazy("not at all"), gettext_lazy("partly"), gettext_lazy("as much as I could wish"))


@dataclass(frozen=True)
class Line:
    """What one line shows. `checked` is what was sent before: 0 to 10, `DOES_NOT_FIT`, or nothing."""

    name: str
    legend: str
    n: int = 0
    total: int = 0
    anchors: Sequence[str | Promise] = ANCHORS
    checked: str | int | None = None
    error: str = ""
    hint: str = ""
    why: str = ""
    who: str = ""
    then: str = ""
    not_today: str = ""
    voice: str = "client"


def scale(line: Line) -> SafeString:
    """The whole field set. Its first key has the line's name as id, so that `refused` can link to it."""
    return format_html(
        '<fieldset class="line of-{}"{}><legend>{}{}</legend>{}{}<div class="line-foot">{}{}</div></fieldset>',
        line.voice,
        described_by(line.name, line.hint, line.error),
        _count(line),
        line.legend,
        notes(line.name, line.hint, line.error),
        _row(line.name, tuple(str(anchor) for anchor in line.anchors), _key(line.checked)),
        why(line.why, line.who, line.then, about=line.legend) if line.why else "",
        _pass(line),
    )


def described_by(name: str, hint: str, error: str) -> SafeString:
    """The attribute that ties a hint and an error to their field."""
    ids = [f"{name}-{kind}" for kind, text in (("hint", hint), ("error", error)) if text]
    return format_html(' aria-describedby="{}"', " ".join(ids)) if ids else SafeString("")


def notes(name: str, hint: str, error: str) -> SafeString:
    """The hint and the error themselves, in the order in which they are read."""
    texts = (("hint", hint), ("error", error))
    return _joined(format_html('<p class="{0}" id="{1}-{0}">{2}</p>', kind, name, text) for kind, text in texts if text)


def _count(line: Line) -> SafeString:
    if not line.n:
        return SafeString("")
    return format_html('<span class="n">{}</span>', gettext("%(n)s of %(total)s") % {"n": line.n, "total": line.total})


def _key(checked: str | int | None) -> str:
    """The key that was chosen; nothing where something else was sent: rows are kept, and no word is to stay in them."""
    chosen = str(checked)
    return chosen if chosen in _KEYS else ""


@lru_cache(maxsize=512)
def _row(name: str, anchors: tuple[str, ...], chosen: str) -> SafeString:
    # Kept between requests, as it holds no more of an answer than a field's name and a key; at most 12 a line.
    id_ = format_html(' id="{}"', name)
    heard = dict(zip((0, HIGHEST // 2, HIGHEST), anchors, strict=True))
    keys = (
        format_html(
            '<label class="key"><input type="radio" name="{}" value="{}"{}{}><span>{}{}</span></label>',
            name,
            value,
            id_ if value == 0 else "",
            SafeString(" checked" if chosen == str(value) else ""),
            value,
            format_html('<span class="sr">, {}</span>', heard[value]) if value in heard else "",
        )
        for value in range(HIGHEST + 1)
    )
    return format_html(
        '<div class="scale"><div class="keys">{}</div><p class="anchors" aria-hidden="true">{}</p></div>',
        _joined(keys),
        _joined(format_html("<span>{}</span>", anchor) for anchor in anchors),
    )


def _pass(line: Line) -> SafeString:
    return format_html(
        '<label class="pass"><input type="radio" name="{}" value="{}"{}>{}</label>',
        line.name,
        DOES_NOT_FIT,
        SafeString(" checked" if line.checked == DOES_NOT_FIT else ""),
        line.not_today or gettext("Does not fit today"),
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - parts are already safe
