"""The desk's first page: today."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from attune.base import clock
from attune.base.errors import NotYours
from attune.care.checkins.actions import hold, stop_holding
from attune.doors.desk.brief_text import say
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.today import Meeting, Today, get_today
from attune.people.contacts import want_letters
from attune.people.models import Account
from attune.people.viewers import Viewer
from attune.practices.brief import excerpt
from attune.practices.page import headline
from attune.practices.reading import Said

#: So many words of a wish stand in a list; the brief has them all.
_WORDS = 30


@require_safe
@therapists_only
def today(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits, the day, tomorrow."""
    at = clock.now()
    page = get_today(viewer, at=at)
    context = {
        "here": "today",
        "page": page,
        "at": at,
        "greeting": _greeting(page, at),
        "meetings": [(one, _line(one)) for one in page.meetings],
    }
    return show(request, "desk/today.html", context)


@require_POST
@therapists_only
def hold_marks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is said after sessions waits for the end of their day, or no longer."""
    press = {"hold": hold, "stop": stop_holding}.get(request.POST.get("do", ""))
    if press is None:
        raise NotYours
    press(by=viewer, at=clock.now())
    return redirect("desk:today")


@require_POST
@therapists_only
def letters_to_me(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whether a letter tells them that a client has written: from here on, or not any more."""
    wanted = {"send": True, "stop": False}.get(request.POST.get("do", ""))
    account = request.user
    if wanted is None or not isinstance(account, Account):
        raise NotYours
    want_letters(account, wanted=wanted, by=viewer, at=clock.now())
    return redirect("desk:today")


def _greeting(page: Today, at: datetime) -> str:
    hour = at.astimezone(page.zone).hour
    if hour < 12:
        source = gettext("Good morning, %(name)s.")
    elif hour < 18:
        source = gettext("Good afternoon, %(name)s.")
    else:
        source = gettext("Good evening, %(name)s.")
    return source % {"name": page.name}


def _line(meeting: Meeting) -> dict[str, Any]:
    """What the client would like from today, or one line of the brief. Empty where none may stand in a list."""
    if meeting.wish:
        return {"lead": gettext("would like from today"), "quoted": _quoted(excerpt(Said(meeting.wish), _WORDS))}
    if meeting.unsaid:
        return {"sentence": gettext("Something was written down beforehand: it stands in the brief.")}
    block = headline(meeting.page) if meeting.page else None
    if block is None:
        return {}
    if block.said:
        said = block.said[0]
        return {"lead": say(said.lead) if said.lead else "", "quoted": _quoted(said)}
    heading = [say(block.heading)] if block.kind == "quiet" else []
    return {"sentence": " ".join([*heading, say(block.sentences[0])])}


def _quoted(said: Said) -> str:
    return f"“{said.text}”" + (" …" if said.cut else "")
