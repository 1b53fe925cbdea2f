"""Wishes, answers and verdicts in words, for the therapist and for the client."""

from collections.abc import Sequence
from typing import Any

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


def options(named: dict[str, Promise], but_for: Sequence[str] = ()) -> list[tuple[str, Any]]:
    """The buttons of a question."""
    return [(key, label) for key, label in named.items() if key not in but_for]
