"""What one client asked for, at the desk: opened by a press, answered in the therapist's own words."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.feedback.actions import LONGEST, Given, answer_word, open_words
from attune.care.feedback.loops import Loop
from attune.care.feedback.models import Answer, Verdict
from attune.care.feedback.verdicts import enter_verdict
from attune.doors import feedback_sentences as says
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.typed import get_typed, id_in
from attune.insight.feedback_page import FeedbackPage, get_answer_page, get_feedback_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def feedback(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """All of it; what was said at any time is opened here, and what was said in the room entered."""
    problem = ""
    if request.method == "POST":
        try:
            _press(request, viewer, participant_id)
            return redirect("desk:feedback", participant_id)
        except Conflict as conflict:
            problem = conflict.sentence
    page = get_feedback_page(viewer, participant_id, at=clock.now())
    context = {"page": page, "loops": _told(page), "sentence": _sentence(page), "problem": problem}
    return show(request, "desk/feedback.html", context, status=409 if problem else 200)


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> None:
    sent, at = request.POST, clock.now()
    if sent.get("do") == "open":
        open_words(participant_id, by=viewer, at=at)
    elif "said" in sent:
        enter_verdict(participant_id, id_in(sent.get("answer", "")), kind=sent["said"], by=viewer, at=at)
    else:
        raise NotYours


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def answer(request: HttpRequest, viewer: Viewer, word_id: UUID) -> HttpResponse:
    """One word, and the three ways to answer it; what could not be kept comes back as it was typed."""
    errors: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            answer_word(word_id, _given(request.POST), by=viewer, at=clock.now())
            return redirect("desk:feedback", get_answer_page(viewer, word_id, at=clock.now()).participant.id)
        except Refused as problem:
            errors = problem.fields
        except Conflict as problem:
            copied = {"sentence": problem.sentence, "typed": get_typed(request)}
            return show(request, "desk/not_entered.html", copied, status=problem.status)
    page = get_answer_page(viewer, word_id, at=clock.now())
    context = {
        "page": page,
        "told": _told(page)[0],
        "ways": _ways(),
        "sent": {"since": clock.now().astimezone(page.zone).date().isoformat()} | request.POST.dict(),
        "submission": new_id(),
        "errors": errors,
        "longest": LONGEST,
    }
    return show(request, "desk/answer.html", context, status=422 if errors else 200)


def _given(sent: Mapping[str, str]) -> Given:
    kind, since = sent.get("kind", ""), None
    if kind == Answer.Kind.CHANGED:  # the branch beneath the others is closed, whatever was typed in it
        try:
            since = date.fromisoformat(sent.get("since", ""))
        except ValueError as problem:
            raise Refused("The day could not be read.", {"since": "Write the day as 2026-03-19."}) from problem
    return Given(kind, sent.get("words", ""), since, id_in(sent.get("submission", "")) or new_id())


def _ways() -> list[tuple[str, str]]:
    return [
        (Answer.Kind.CHANGED, gettext("We change something")),
        (Answer.Kind.KEPT, gettext("We keep it as it is, for a reason")),
        (Answer.Kind.TALK, gettext("Let us talk about it")),
    ]


def _told(page: FeedbackPage) -> list[dict[str, Any]]:
    """Each loop with its sentences, oldest answer first."""
    with timezone.override(page.zone):
        return [_loop(page, loop) for loop in page.loops]


def _loop(page: FeedbackPage, loop: Loop) -> dict[str, Any]:
    by_ear = loop.verdict is None or loop.verdict.entered_by_id is not None
    return {
        "loop": loop,
        "wish": says.wish(loop),
        "turns": [
            (
                says.answer(turn.answer, str(turn.answer.answered_by.name)),
                turn.answer,
                [_said(page, one) for one in turn.verdicts],
            )
            for turn in loop.turns
        ],
        # Their own word is not written over by ear.
        "in_the_room": says.verdicts_for(loop) if page.may_write and by_ear else [],
    }


def _said(page: FeedbackPage, one: Verdict) -> str:
    day, said = date_format(one.given_at.astimezone(page.zone), "j F Y"), says.SAID[one.kind]
    told = gettext("%(name)s says, %(day)s: %(said)s.") % {"name": page.name, "day": day, "said": said}
    if one.entered_by_id is not None:
        told = gettext("%(name)s, %(day)s, as told by the therapist: %(said)s.") % {
            "name": page.name,
            "day": day,
            "said": said,
        }
        if one.said_so:
            told += " " + gettext("%(name)s to that: %(word)s.") % {
                "name": page.name,
                "word": says.SAID_SO[one.said_so],
            }
    elif one.response_id is not None:
        told += " " + gettext("In a check-in, which asks about the last change and does not name it.")
    if taken := page.taken(one):
        told += " " + gettext("How it was taken when %(name)s said so: %(taken)s.") % {
            "name": page.name,
            "taken": says.TAKEN[taken],
        }
    return told


def _sentence(page: FeedbackPage) -> str:
    """How many were answered, and how long it took: about these two, and nobody's rate."""
    if not page.answered:
        return ""
    count = {"n": len(page.loops), "answered": page.answered, "days": page.days}
    if page.days < 1:
        when = gettext("on the same day")
    else:
        when = ngettext("within %(days)s day", "within %(days)s days", page.days) % count
    if len(page.loops) == 1:
        return gettext("It was answered %(when)s.") % {"when": when}
    one, several = (
        gettext("One of %(n)s wishes was answered, %(when)s."),
        gettext("%(answered)s of %(n)s wishes were answered, half of them %(when)s."),
    )
    return (one if page.answered == 1 else several) % (count | {"when": when})
