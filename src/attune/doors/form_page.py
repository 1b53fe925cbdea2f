"""From a form to what its template shows: every line drawn with its texts, and with what was sent before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, gettext_noop

from attune.care.checkins.fields import HELPED
from attune.care.checkins.models import Response
from attune.care.workflows.enter_checkin import CLIENTS_OWN
from attune.insight.checkin_form import CheckInForm, FormPart
from attune.pages.components.forms import Choices, Entry, choices, field, words
from attune.pages.components.scale import Line, scale
from attune_science.answers import LONGEST
from attune_science.instruments import Item, Text

#: What a form sends beside its answers.
NOT_ANSWERS = ("csrfmiddlewaretoken", "submission", "revision", "quiet")
#: Up to so many answers stand side by side, where the words are short enough.
_ACROSS = 3


def context_of(form: CheckInForm, sent: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Everything that `portal/checkin.html` names."""
    said = get_text_list(list(form.readers), gettext("and"))
    pages = [_Part(form, part, sent, errors, get_language() or "en") for part in form.parts]
    return {
        "form": form,
        "name": form.therapist,
        "readers": said,
        "errors": errors,
        "parts": [page.shown() for page in pages],
        "helped": _helped(sent, errors),
        "helped_open": bool(sent.get(HELPED) or errors.get(HELPED)),
    }


def _helped(sent: Mapping[str, str], errors: Mapping[str, str]) -> SafeString:
    return choices(
        Choices(
            name=HELPED,
            legend=gettext("Did somebody help you to answer?"),
            options=[(key, str(label)) for key, label in Response.Helped.choices],
            checked=sent.get(HELPED),
            hint=gettext("It is read with more care then. You need not say."),
            error=errors.get(HELPED, ""),
            small=True,
        )
    )


#: What a client can choose beneath a questionnaire, beside leaving it as it is.
_AGAIN = (
    ("less", gettext_noop("less often")),
    ("stop", gettext_noop("not any more")),
    ("each", gettext_noop("each time, that helps me")),
)


@dataclass(frozen=True)
class _Part:
    """One instrument in one rendering: what was sent before, what could not be taken, in which language."""

    form: CheckInForm
    part: FormPart
    sent: Mapping[str, str]
    errors: Mapping[str, str]
    language: str

    def shown(self) -> dict[str, Any]:
        """What the template names of it."""
        behind = [item for item in self.part.after if item.behind_more]
        more = list(self.asked(behind))
        fields = [self.part.field(item) for item in behind]
        if self.part.again:
            more.append(choices(self._again()))
            fields.append(self.part.again)
        definition = self.part.definition
        return {
            "definition": definition,
            "intro": self.say(definition.intro),
            "lines": [self.line(item, n) for n, item in enumerate(self.part.lines, 1)],
            "asked": list(self.asked([item for item in self.part.after if not item.behind_more])),
            "more": more,
            "more_open": any(self.sent.get(name) or self.errors.get(name) for name in fields),
        }

    def say(self, text: Text) -> str:
        return text.say(self.language, Name=self.form.therapist)

    def _of(self, values: Mapping[str, str], item: Item) -> str:
        return values.get(self.part.field(item), "")

    def line(self, item: Item, n: int) -> SafeString:
        """A line to be marked: 0 to 10, one of several, a number, or in words."""
        if item.kind == "rating":
            return scale(self._rating(item, n))
        return self._asked(item, number=n)

    def asked(self, items: list[Item]) -> Iterator[SafeString]:
        """What comes after the lines, each with the branch that its answers open beneath it."""
        for item in items:
            if item.opened_by is None:
                yield self._asked(item) + self._branch(item)

    def _branch(self, opener: Item) -> SafeString:
        opened = [item for item in self.part.after if item.opened_by and item.opened_by.item == opener.key]
        if not opened:
            return SafeString("")
        parts = format_html_join("", "{}", ((self._asked(item),) for item in opened))
        return format_html('<div class="branch flow">{}</div>', parts)

    def _asked(self, item: Item, number: int = 0) -> SafeString:
        if item.kind == "words":
            return words(self._words(item))
        return field(self._number(item, number)) if item.kind == "number" else choices(self._choices(item, number))

    def _again(self) -> Choices:
        return Choices(
            name=self.part.again,
            legend=gettext("How often may this be asked?"),
            options=[(key, gettext(text)) for key, text in _AGAIN if not (self.form.at_desk and key in CLIENTS_OWN)],
            checked=self.sent.get(self.part.again),
            hint=gettext("Nothing marked: as it is now. It holds at once, and you can change it whenever it is asked."),
            error=self.errors.get(self.part.again, ""),
        )

    def _number(self, item: Item, number: int) -> Entry:
        return Entry(
            name=self.part.field(item),
            label=f"{number}. {self.say(item.text)}" if number else self.say(item.text),
            value=self._of(self.sent, item),
            hint=self.say(item.hint)
            or gettext("A number from %(lowest)s to %(highest)s.") % {"lowest": item.lowest, "highest": item.highest},
            error=self._of(self.errors, item),
            keys="numeric" if item.step == 1 else "decimal",
            autocomplete="off",
        )

    def _rating(self, item: Item, n: int) -> Line:
        name, alone = self.form.therapist, len(self.part.lines) == 1
        return Line(
            name=self.part.field(item),
            legend=self.say(item.text),
            n=0 if alone else n,
            total=len(self.part.lines),
            anchors=tuple(self.say(option.text) for option in item.options),
            checked=self._of(self.sent, item) or None,
            error=self._of(self.errors, item),
            hint=self.say(item.hint),
            why=self.say(item.why),
            who=gettext("You and %(readers)s. Nobody else.")
            % {"readers": get_text_list(list(self.form.readers), gettext("and"))},
            then=gettext("%(name)s reads it before you meet again.") % {"name": name},
            not_today=self.say(self.part.definition.pass_text),
        )

    def _choices(self, item: Item, number: int = 0) -> Choices:
        opens = [
            opened.opened_by.answers
            for opened in self.part.after
            if opened.opened_by and opened.opened_by.item == item.key
        ]
        # What nobody is to see is not typed by a therapist either: there the line is left open.
        shown = [option for option in item.options if not (option.silent and self.form.at_desk)]
        return Choices(
            name=self.part.field(item),
            legend=f"{number}. {self.say(item.text)}" if number else self.say(item.text),
            options=[(option.key, self.say(option.text)) for option in shown],
            checked=self._of(self.sent, item) or None,
            opens=" ".join(opens[0]) if opens else "",
            hint=self.say(item.hint) if len(shown) == len(item.options) else "",
            error=self._of(self.errors, item),
            across=len(shown) <= _ACROSS,
        )

    def _words(self, item: Item) -> Entry:
        return Entry(
            name=self.part.field(item),
            label=self.say(item.text),
            value=self._of(self.sent, item),
            hint=self.say(item.why),
            error=self._of(self.errors, item),
            maxlength=LONGEST,
            large=True,
        )
