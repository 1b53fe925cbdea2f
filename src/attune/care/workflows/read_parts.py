"""What a form sent, part by part: read strictly before it is kept, and taken loosely where it is only begun."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from attune.base.errors import Refused
from attune.care.checkins.fields import AGAIN, HELPED, field_of, share_out, split_wishes
from attune.care.checkins.models import Invitation, Part, Response
from attune.care.questionnaires.readers import get_definition
from attune.care.questionnaires.rules import WISHES
from attune_science import scoring
from attune_science.errors import AnswersRefused
from attune_science.instruments import Definition, Item
from attune_science.scoring import Answers

_PICK_ONE = "Please choose one of the answers, or leave it open."


@dataclass(frozen=True)
class Taken:
    """One part as it was read: its instrument, the answers, and how often the client wants to be asked it."""

    definition: Definition
    answers: Answers
    wish: str = ""


def read_parts(
    invitation: Invitation, raw: Mapping[str, str], *, answered: Collection[str] = ()
) -> tuple[list[Taken], str]:
    """Every part read strictly, and who helped. Raises `Refused` with each field that cannot be read.

    What was left open altogether is no response, but for the check-in's own part and for what was answered before.
    """
    answers, wishes = split_wishes({name: value for name, value in raw.items() if name != HELPED})
    helped = raw.get(HELPED, "")
    taken, refused = [], _unknown_wishes(wishes, invitation)
    if helped and helped not in Response.Helped.values:
        refused[HELPED] = _PICK_ONE
    for place, (part, share) in enumerate(zip(invitation.parts, share_out(invitation.parts, answers), strict=True)):
        definition = get_definition(part.instrument, part.version)
        try:
            read = scoring.read_answers(definition, part.form, share)
        except AnswersRefused as problem:
            refused |= {field_of(place, part, item) if item else "": why for item, why in problem.fields.items()}
            continue
        wish = wishes.get(part.instrument, "")
        if place == 0 or wish or not read.is_empty or definition.key in answered:
            taken.append(Taken(definition, read, wish))
    if refused:
        raise Refused("Some answers could not be read. Nothing is lost: look at the lines named here.", refused)
    return taken, helped


def _unknown_wishes(wishes: Mapping[str, str], invitation: Invitation) -> dict[str, str]:
    asked = {part.instrument for part in invitation.parts}
    return {
        f"{AGAIN}{instrument}": _PICK_ONE
        for instrument, wish in wishes.items()
        if wish not in WISHES or instrument not in asked
    }


def begun(invitation: Invitation, raw: Mapping[str, str]) -> dict[str, str]:
    """Of what was typed, the fields that this form has. An answer that is taken as none is not kept even here."""
    found = {}
    for place, part, item in _items(invitation):
        name = field_of(place, part, item.key)
        option = item.option(raw.get(name, "")) if item.kind == "choice" else None
        if raw.get(name) and not (option and option.silent):
            found[name] = raw[name]
    wishes = [f"{AGAIN}{part.instrument}" for part in invitation.parts]
    return found | {name: raw[name] for name in (*wishes, HELPED) if raw.get(name)}


def _items(invitation: Invitation) -> Iterator[tuple[int, Part, Item]]:
    for place, part in enumerate(invitation.parts):
        for item in get_definition(part.instrument, part.version).asked(part.form):
            yield place, part, item


def as_sent(place: int, part: Part, answers: Answers) -> dict[str, str]:
    """Answers as the fields of the form that gave them: the reverse of reading."""
    definition = get_definition(part.instrument, part.version)
    found = dict(answers.choices) | dict(answers.words) | dict.fromkeys(answers.passed, scoring.DOES_NOT_FIT)
    for item in definition.asked(part.form):
        given = answers.ratings.get(item.key)
        if given is not None:
            graded = next((one.key for one in item.options if item.kind == "graded" and one.value == given), "")
            found[item.key] = graded or f"{given:g}"
    return {field_of(place, part, key): value for key, value in found.items()}
