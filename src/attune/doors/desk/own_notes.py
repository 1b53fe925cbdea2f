"""What a therapist writes about themselves: the reflection on an hour, all of their notes, lines for supervision."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.notes.actions import DAYS, LINE, LONGEST, fold_note, write_note
from attune.care.notes.models import PrivateNote
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.overtaken import Field, differing
from attune.doors.desk.times_typed import number_of
from attune.doors.typed import id_in
from attune.insight.hour import Hour, get_hour
from attune.insight.own_notes import list_own_notes, take_lines
from attune.people.viewers import Viewer

_FIELDS = ("became", "words", "moved", "taken")


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def reflection(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """What became of the intention, what moved me, how I took it; all of it may be left."""
    page = get_hour(viewer, appointment_id, at=clock.now())
    if not page.begun:
        raise Conflict("This hour still lies ahead: there is nothing to look back on.")
    if request.method != "POST":
        if page.called_off and page.own is None:
            raise Conflict("This appointment was called off: there is no hour to look back on.")
        return _reflection(request, page, _kept(page))
    sent = request.POST.dict()
    said = {key: sent[key] for key in (*_FIELDS, "days") if key in sent}
    try:
        write_note(page.about, said=said, seen=number_of(sent, "revision") or 0, by=viewer, at=page.at)
    except Refused as problem:
        return _reflection(request, page, sent, errors=problem.fields, status=422)
    except Conflict as problem:
        return _reflection(request, page, sent, overtaken=problem.sentence, status=409)
    return redirect("desk:own-notes")


def _kept(page: Hour) -> dict[str, str]:
    return {key: (getattr(page.own, key) or "") if page.own else "" for key in _FIELDS}


def _labels() -> dict[str, Field]:
    return {
        "became": Field(gettext("What became of it"), PrivateNote.Became),
        "words": Field(gettext("What stays with me")),
        "moved": Field(gettext("What moved me")),
        "taken": Field(gettext("When somebody was unhappy with me"), PrivateNote.Taken),
    }


def _reflection(
    request: HttpRequest,
    page: Hour,
    sent: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    overtaken: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "sent": {"days": str(page.days)} | sent,
        "errors": errors or {},
        "overtaken": overtaken,
        "kept": differing(_labels(), _kept(page), sent) if overtaken else [],
        "became": [*PrivateNote.Became.choices, ("", gettext("leave open"))],
        "taken": [*PrivateNote.Taken.choices, ("", gettext("it did not happen, or I do not say"))],
        "keeps": [(str(n), ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS],
        "longest": LONGEST,
        "line": LINE,
    }
    return show(request, "desk/reflection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def own_notes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The newest first; what is ticked stands on a page of its own, without anybody's name."""
    at = clock.now()
    if "fold" in request.POST:
        note_id = id_in(request.POST["fold"])
        if note_id is None:
            raise NotYours
        fold_note(note_id, by=viewer, at=at)
        return redirect("desk:own-notes")
    if request.method == "POST":
        lines = take_lines(viewer, request.POST.getlist("take"), at=at)
        return show(request, "desk/own_notes_taken.html", {"here": "notes", "lines": lines})
    return show(request, "desk/own_notes.html", {"here": "notes", "notes": list_own_notes(viewer, at=at)})
