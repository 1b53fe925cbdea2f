"""Before and in the hour: arriving with one intention, and the closed book, to which nothing is pushed."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.care.notes.actions import LINE, keep_moment, write_note
from attune.care.notes.models import PrivateNote
from attune.care.notes.readers import arrival_of
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.overtaken import Field, differing
from attune.doors.desk.times_typed import number_of
from attune.doors.gates import close_book
from attune.doors.middleware import NOTHING_COMES
from attune.insight.hour import Hour, get_hour, get_wish
from attune.people.viewers import Viewer

#: So long after its hour the book may still lie open untouched.
_AFTERWARDS = timedelta(minutes=15)
_CALLED_OFF = "This appointment was called off: there is no hour to go through."


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def arrive(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """Body, mind and heart by touch, and one intention; all of it may be left."""
    page = get_hour(viewer, appointment_id, at=clock.now())
    if request.method != "POST":
        if page.called_off:
            raise Conflict(_CALLED_OFF)
        return _arrive(request, page, _arrived(page))
    sent = request.POST.dict()
    said: dict[str, str] = {key: sent[key] for key in ("body", "mind", "heart", "intention") if key in sent}
    try:
        write_note(page.about, said=said, seen=number_of(sent, "revision") or 0, by=viewer, at=page.at)
    except Refused as problem:
        return _arrive(request, page, said, errors=problem.fields, status=422)
    except Conflict as problem:
        return _arrive(request, page, said, overtaken=problem.sentence, status=409)
    return redirect("desk:closed-book", page.appointment.id)


def _arrived(page: Hour) -> dict[str, str]:
    return dict(arrival_of(page.own)) | {"intention": (page.own.intention or "") if page.own else ""}


def _labels(touched: Sequence[tuple[str, str]]) -> dict[str, Field]:
    found = {key: Field(label, PrivateNote.Arrived) for key, label in touched}
    return found | {"intention": Field(gettext("One intention for this hour"))}


def _arrive(
    request: HttpRequest,
    page: Hour,
    sent: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    overtaken: str = "",
    status: int = 200,
) -> HttpResponse:
    touched = (("body", gettext("Body")), ("mind", gettext("Mind")), ("heart", gettext("Heart")))
    context = {
        "page": page,
        "sent": sent,
        "errors": errors or {},
        "overtaken": overtaken,
        "kept": differing(_labels(touched), _arrived(page), sent) if overtaken else [],
        "touched": [(key, label, sent.get(key, ""), (errors or {}).get(key, "")) for key, label in touched],
        "here": [*PrivateNote.Arrived.choices, ("", gettext("leave open"))],
        "longest": LINE,
    }
    return show(request, "desk/arrive.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def closed_book(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """A name, the client's words for today and the time. One key keeps a moment: when, and no words."""
    page = get_hour(viewer, appointment_id, at=clock.now())
    if page.called_off:
        raise Conflict(_CALLED_OFF)
    if request.method == "POST":
        keep_moment(page.about, by=viewer, at=page.at)
        return redirect("desk:closed-book", page.appointment.id)
    if page.near:
        close_book(request, page.ends_at + _AFTERWARDS)
    response = show(request, "desk/closed_book.html", {"page": page, "wish": get_wish(page)})
    response["Content-Security-Policy"] = NOTHING_COMES
    return response
