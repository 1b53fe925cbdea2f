"""What is read: people's words, messages, states, how sure, a reading, and why something is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext


@dataclass(frozen=True)
class Basis:
    """What stands under a reading: how sure (`sure`, `fair`, `thin`, and always in words), and where to go from it."""

    degree: str
    how: str
    about: str = ""
    show: str = ""
    words: Sequence[str] = ()


def said(text: str, by: str = "", voice: str = "client", about: str = "", large: bool = False) -> SafeString:
    """A person's words, unaltered, with whose they are. The direction of writing is that of the words."""
    caption = format_html('<b class="by">{}</b>', by) if by else SafeString("")
    if about:
        caption += format_html("{}{}", " · " if by else "", about)
    return format_html(
        '<figure class="said of-{}{}" dir="auto"><blockquote><p>{}</p></blockquote>{}</figure>',
        voice,
        SafeString(" large" if large else ""),
        text,
        format_html("<figcaption>{}</figcaption>", caption) if caption else "",
    )


def tag(word: str, kind: str = "") -> SafeString:
    """A state in a word. `kind`: client, therapist, amber, red, or none; it only repeats the word."""
    return format_html('<span class="tag {}">{}</span>', kind, word)


def sure(degree: str, words: str) -> SafeString:
    """How sure, in words; `degree` (`sure`, `fair`, `thin`) draws the line under them."""
    return format_html('<span class="sure {}">{}</span>', degree, words)


def why(reason: str, who: str, then: str, about: str = "") -> SafeString:
    """Why this is asked, who sees it, what then; `about` tells one such fold from the next by ear."""
    return format_html(
        '<details class="why"><summary>{}{}</summary>'
        "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl></details>",
        gettext("Why this?") if about else gettext("Why this, who sees it, what then"),
        format_html('<span class="sr">: {}</span>', about) if about else "",
        gettext("Why"),
        reason,
        gettext("Who sees it"),
        who,
        gettext("What then"),
        then,
    )


def tell(content: str, kind: str = "", title: str = "") -> SafeString:
    """A message of the software. `kind`: none, `amber` (worth a conversation) or `red` (safety), never decoration."""
    return format_html(
        '<div class="tell {}">{}{}</div>',
        kind,
        format_html('<p class="title">{}</p>', title) if title else "",
        content,
    )


def reading(content: str, basis: Basis) -> SafeString:
    """What a lens says: sentences, how sure, "Show me", and what the therapist could do."""
    about = format_html('<span class="sr">: {}</span>', basis.about) if basis.about else ""
    link = format_html('<a href="{}">{}{}</a>', basis.show, gettext("Show me"), about) if basis.show else ""
    return format_html(
        '<div class="reading"><div class="sentence flow flow-s">{}</div><div class="meta">{}{}{}</div></div>',
        content,
        sure(basis.degree, basis.how),
        link,
        _could_do(basis.words, about) if basis.words else "",
    )


def _could_do(words: Sequence[str], about: str) -> SafeString:
    tries = format_html_join("", '<blockquote class="words-to-try"><p>{}</p></blockquote>', ((text,) for text in words))
    return format_html("<details><summary>{}{}</summary>{}</details>", gettext("What could I do?"), about, tries)


def nothing(content: str, title: str) -> SafeString:
    """An empty place: `title` says why that is all right; `content` offers one thing at most."""
    return format_html(
        '<div class="empty"><svg viewBox="0 0 80 32" fill="none" stroke-width="2" stroke-linecap="round" '
        'aria-hidden="true"><path stroke="currentColor" d="M2 20c12-14 24-14 38 0s26 12 38-2"/></svg>'
        '<p class="title">{}</p>{}</div>',
        title,
        content,
    )
