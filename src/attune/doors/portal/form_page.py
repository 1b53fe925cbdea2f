"""From a form to what its template shows: every line drawn with its texts, and with what was sent before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from attune.insight.checkin_form import CheckInForm
from attune.pages.components.forms import Choices, Entry, choices, words
from attune.pages.components.scale import Line, scale
from attune_science.answers import LONGEST
from attune_science.instruments import Item, Text

#: Up to so many answers stand side by side, where the words are short enough.
_ACROSS = 3


def context_of(form: CheckInForm, sent: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Everything that `portal/checkin.html` names."""
    page = _Page(form, sent, errors, get_language() or "en")
    behind = [item for item in form.after if item.behind_more]
    return {
        "form": form,
        "name": form.therapist,
        "readers": page.readers,
        "errors": errors,
        "intro": page.say(form.definition.intro),
        "lines": [page.line(item, n) for n, item in enumerate(form.lines, 1)],
        "asked": list(page.asked([item for item in form.after if not item.behind_more])),
        "more": list(page.asked(behind)),
        "more_open": any(sent.get(item.key) or errors.get(item.key) for item in behind),
    }


@dataclass(frozen=True)
class _Page:
    """One rendering: the form, what was sent before, what could not be taken, in which language."""

    form: CheckInForm
    sent: Mapping[str, str]
    errors: Mapping[str, str]
    language: str

    @property
    def readers(self) -> str:
        """Everybody who can read the answers, by name."""
        return str(get_text_list(list(self.form.readers), gettext("and")))

    def say(self, text: Text) -> str:
        return text.say(self.language, Name=self.form.therapist)

    def line(self, item: Item, n: int) -> SafeString:
        """A line to be marked: 0 to 10, one of four, or in words."""
        if item.kind == "rating":
            return scale(self._rating(item, n))
        return self._asked(item, number=n)

    def asked(self, items: list[Item]) -> Iterator[SafeString]:
        """What comes after the lines, each with the branch that its answers open beneath it."""
        for item in items:
            if item.opened_by is None:
                yield self._asked(item) + self._branch(item)

    def _branch(self, opener: Item) -> SafeString:
        opened = [item for item in self.form.after if item.opened_by and item.opened_by.item == opener.key]
        if not opened:
            return SafeString("")
        parts = format_html_join("", "{}", ((self._asked(item),) for item in opened))
        return format_html('<div class="branch flow">{}</div>', parts)

    def _asked(self, item: Item, number: int = 0) -> SafeString:
        return words(self._words(item)) if item.kind == "words" else choices(self._choices(item, number))

    def _rating(self, item: Item, n: int) -> Line:
        name, alone = self.form.therapist, len(self.form.lines) == 1
        return Line(
            name=item.key,
            legend=self.say(item.text),
            n=0 if alone else n,
            total=len(self.form.lines),
            anchors=tuple(self.say(option.text) for option in item.options),
            checked=self.sent.get(item.key),
            error=self.errors.get(item.key, ""),
            hint=self.say(item.hint),
            why=self.say(item.why),
            who=gettext("You and %(readers)s. Nobody else.") % {"readers": self.readers},
            then=gettext("%(name)s reads it before you meet again.") % {"name": name},
            not_today=self.say(self.form.definition.pass_text),
        )

    def _choices(self, item: Item, number: int = 0) -> Choices:
        opens = [
            opened.opened_by.answers
            for opened in self.form.after
            if opened.opened_by and opened.opened_by.item == item.key
        ]
        return Choices(
            name=item.key,
            legend=f"{number}. {self.say(item.text)}" if number else self.say(item.text),
            options=[(option.key, self.say(option.text)) for option in item.options],
            checked=self.sent.get(item.key),
            opens=" ".join(opens[0]) if opens else "",
            hint=self.say(item.hint),
            error=self.errors.get(item.key, ""),
            across=len(item.options) <= _ACROSS,
        )

    def _words(self, item: Item) -> Entry:
        return Entry(
            name=item.key,
            label=self.say(item.text),
            value=self.sent.get(item.key, ""),
            hint=self.say(item.why),
            error=self.errors.get(item.key, ""),
            maxlength=LONGEST,
            large=True,
        )
