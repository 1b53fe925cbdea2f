"""A form as it is printed: the same lines in the same order, with places to mark and to write."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from attune.care.workflows.offer_checkin import Wanted
from attune.insight.checkin_form import CheckInForm, FormPart
from attune_science.instruments import Item, Text
from attune_science.instruments.items import RATING_MAX


@dataclass(frozen=True)
class Line:
    """One question on paper. `only`: the answers to the one before it after which it is asked."""

    kind: str
    text: str
    hint: str
    options: list[str]
    only: list[str]


@dataclass(frozen=True)
class Part:
    """One instrument on paper. `anchors`: what the ends and the middle of its ratings mean, said once above them."""

    name: str
    intro: str
    own: bool
    anchors: list[tuple[str, str]]
    numbers: range
    not_today: str
    lines: list[Line]
    after: list[Line]
    terms: str


def address_of(what: str, wanted: Wanted) -> str:
    """Where it is printed (`sheet`), or entered (`enter`)."""
    about = {"after": "session_id", "before": "appointment_id", "questionnaire": "instrument"}[wanted.kind]
    filled = {"participant_id": wanted.participant_id, about: wanted.about_id or wanted.instrument}
    address = reverse(f"desk:{what}-{wanted.kind}", kwargs=filled)
    return f"{address}?wanted=yes" if what == "sheet" and wanted.beyond else address


def parts_of(form: CheckInForm) -> list[Part]:
    """Every part, in the language of the page."""
    return [_part(form, part) for part in form.parts]


def _part(form: CheckInForm, part: FormPart) -> Part:
    def say(text: Text) -> str:
        return text.say(get_language() or "en", Name=form.therapist)

    def lines(items: tuple[Item, ...]) -> Iterator[Line]:
        for item in items:
            # An answer that is taken as none would be seen on paper: there the line is just left open.
            shown = [option for option in item.options if not option.silent]
            options = [] if item.kind == "rating" else [say(option.text) for option in shown]
            hint = say(item.hint) if len(shown) == len(item.options) else ""
            opened = item.opened_by
            asked = part.definition.item(opened.item).options if opened else ()
            only = [say(option.text) for option in asked if opened and option.key in opened.answers]
            yield Line(item.kind, say(item.text), hint, options, only)

    definition = part.definition
    rating = next((item for item in part.lines if item.kind == "rating"), None)
    own = definition.kind != "questionnaire"
    return Part(
        name=definition.name,
        intro=say(definition.intro),
        own=own,
        anchors=[(option.key, say(option.text)) for option in rating.options] if rating else [],
        numbers=range(RATING_MAX + 1),
        not_today=say(definition.pass_text),
        lines=list(lines(part.lines)),
        after=list(lines(part.after)),
        terms="" if own else definition.licence.text,
    )
