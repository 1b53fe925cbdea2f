"""Wishes, answers and verdicts in words, for the therapist and for the client."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from attune.care.feedback.loops import VERDICTS, Loop
from attune.care.feedback.models import Answer, Verdict, Word

WISHES: dict[str, Promise] = {
    Word.Kind.MORE: gettext_lazy("More of"),
    Word.Kind.LESS: gettext_lazy("Less of"),
    Word.Kind.ANY: gettext_lazy("Said at any time"),
}
#: What a client says to an answer.
SAID: dict[str, Promise] = {
    Verdict.Kind.BETTER: gettext_lazy("better"),
    Verdict.Kind.SAME: gettext_lazy("the same"),
    Verdict.Kind.WORSE: gettext_lazy("worse"),
    Verdict.Kind.NOT_YET: gettext_lazy("not yet"),
    Verdict.Kind.ALL_RIGHT: gettext_lazy("that is all right"),
    Verdict.Kind.NOT_RIGHT: gettext_lazy("not all right"),
}
TAKEN: dict[str, Promise] = {
    Verdict.Taken.WELL: gettext_lazy("well"),
    Verdict.Taken.SO_SO: gettext_lazy("so-so"),
    Verdict.Taken.BADLY: gettext_lazy("badly"),
    Verdict.Taken.RATHER_NOT: gettext_lazy("rather not say"),
}
SAID_SO: dict[str, Promise] = {
    Verdict.SaidSo.RIGHT: gettext_lazy("right"),
    Verdict.SaidSo.NOT_QUITE: gettext_lazy("not quite"),
    Verdict.SaidSo.NOT_SAID: gettext_lazy("I did not say that"),
}


def wish(loop: Loop) -> str:
    """What kind of word it is."""
    return str(WISHES[loop.word.kind])


def answer(one: Answer, name: str) -> str:
    """What was answered, without its words."""
    if one.kind == Answer.Kind.CHANGED and one.since is not None:
        return gettext("%(name)s: we change it, from %(day)s") % {"name": name, "day": date_format(one.since, "j F Y")}
    if one.kind == Answer.Kind.KEPT:
        return gettext("%(name)s: we keep it, because") % {"name": name}
    return gettext("%(name)s: let us talk about it") % {"name": name}


def verdicts_for(loop: Loop) -> list[tuple[str, Promise]]:
    """What can be said to the answer that stands."""
    return [(kind, SAID[kind]) for kind in VERDICTS[loop.last.answer.kind]] if loop.last else []


def told_to_client(loop: Loop) -> dict[str, Any]:
    """One loop as the client reads it, and what they can press: a verdict, how it was taken, whether they said so."""
    return {
        "loop": loop,
        "wish": wish(loop),
        "turns": [
            (answer(turn.answer, str(turn.answer.answered_by.name)), turn.answer, [_own(one) for one in turn.verdicts])
            for turn in loop.turns
        ],
        "verdicts": verdicts_for(loop) if _may_say(loop) else [],
        "asks_how": loop.verdict if _may_say_how(loop) else None,
        "taken": list(TAKEN.items()),
        "as_told": next(
            (one for turn in loop.turns for one in turn.verdicts if one.entered_by_id and not one.said_so), None
        ),
        "said_so": list(SAID_SO.items()),
    }


def _own(one: Verdict) -> str:
    about = {"day": date_format(timezone.localtime(one.given_at), "j F Y"), "said": SAID[one.kind]}
    if one.entered_by_id is None:
        return gettext("You said, %(day)s: %(said)s.") % about
    told = gettext("%(day)s, as told by the therapist: %(said)s.") % about
    return f"{told} {gettext('You to that: %(word)s.') % {'word': SAID_SO[one.said_so]}}" if one.said_so else told


def _may_say(loop: Loop) -> bool:
    """Until they have said it themselves; after "not yet" again."""
    said = loop.verdict
    return said is None or said.entered_by_id is not None or said.kind == Verdict.Kind.NOT_YET


def _may_say_how(loop: Loop) -> bool:
    """Once a loop has come to an end by their own word, if they like."""
    said = loop.verdict
    ended = said is not None and said.entered_by_id is None and said.response_id is None
    return ended and said is not None and not said.taken and said.kind != Verdict.Kind.NOT_YET
