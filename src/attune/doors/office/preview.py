"""A loaded wording as a client will see it, language by language, so that a slip of the pen is seen here first."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from attune.doors.office.sentences import name_of_language
from attune.pages.components.forms import Choices, Entry, choices, field
from attune_science.instruments import Definition, Item

#: Up to so many answers stand side by side, as in the form itself.
_ACROSS = 3


@dataclass(frozen=True)
class Preview:
    """The whole form in one language, with nothing to be pressed."""

    code: str
    language: str
    draft: bool
    rtl: bool
    intro: str
    questions: list[SafeString]


def previews(definition: Definition) -> list[Preview]:
    """One for each language of the wording."""
    return [_preview(definition, code) for code in definition.languages]


def _preview(definition: Definition, code: str) -> Preview:
    items = definition.asked(next(iter(definition.forms)))
    questions = [_question(item, number, code) for number, item in enumerate(items, 1)]
    draft = definition.languages[code] == "draft"
    return Preview(code, name_of_language(code), draft, _is_rtl(code), definition.intro.say(code), questions)


def _is_rtl(code: str) -> bool:
    try:
        return bool(get_language_info(code)["bidi"])
    except KeyError:
        return False


def _question(item: Item, number: int, code: str) -> SafeString:
    name, words = f"{code}-{item.key}", f"{number}. {item.text.say(code)}"
    if not item.options:
        between = gettext("A number from %(lowest)s to %(highest)s.") % {"lowest": item.lowest, "highest": item.highest}
        return field(Entry(name, words, hint=item.hint.say(code) or between))
    options = [(option.key, option.text.say(code)) for option in item.options]
    return choices(Choices(name, words, options, hint=item.hint.say(code), across=len(options) <= _ACROSS))
