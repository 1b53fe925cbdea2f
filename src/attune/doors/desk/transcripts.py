"""Transcripts: agreed to, read in, read with their findings, contested, withdrawn."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.consent.actions import TERMS
from attune.care.consent.models import Consent
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.transcript_lines import lines
from attune.doors.transcript_sentences import ROLES, practices, spoke, times
from attune.doors.typed import id_in
from attune.insight.transcript_page import (
    get_consent_page,
    get_session_transcript,
    get_transcript_page,
    get_withdrawal,
)
from attune.people.viewers import Viewer
from attune.transcripts.actions import File, contest, let_stand, set_roles
from attune.transcripts.consented import (
    Agreed,
    add_transcript,
    ask_for_consent,
    get_session_to_work_in,
    give_consent,
    take_consent_back,
    withdraw_transcript,
)
from attune.transcripts.readers import get_finding, get_transcript


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def session_transcript(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    """Who has agreed, and the way in for the file; what is refused comes back with what was chosen."""
    if request.method != "POST":
        return _session_page(request, viewer, session_id)
    get_session_to_work_in(session_id, by=viewer, at=clock.now())  # another's is missing, ended work is closed
    press = _PRESSES.get(request.POST.get("do", ""))
    if press is None:
        raise NotYours
    try:
        return press(request, viewer, session_id)
    except (Refused, Conflict) as problem:
        return _session_page(request, viewer, session_id, problem)


def _consent(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    try:
        participant, given_on = UUID(request.POST.get("participant", "")), _day(request.POST.get("given_on", ""))
    except ValueError as problem:
        raise Refused("Nothing was entered.", {"participant": "Choose who agreed, from the list."}) from problem
    agreed = Agreed(participant, request.POST.get("how", ""), given_on)
    give_consent(session_id, agreed, by=viewer, at=clock.now())
    return redirect("desk:session-transcript", session_id)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Refused("Nothing was entered.", {"given_on": "Write the day as 2026-03-19."}) from problem


def _upload(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    kept = add_transcript(session_id, file=_file(request), by=viewer, at=clock.now())
    return redirect("desk:transcript", kept.id)


def _file(request: HttpRequest) -> File:
    """What was sent. It is read in memory alone, and a body that is too large for that has not arrived."""
    sent = request.FILES.get("file")
    if sent is not None:
        return File(str(sent.name), bytes(sent.read()))
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        told = gettext("It is larger than 20 MB. Choose the transcript alone, without sound or pictures.")
    else:
        told = gettext("No file arrived. Choose the transcript of this session.")
    raise Refused(gettext("The file was not taken."), {"file": told})


def _ask(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    participant = id_in(request.POST.get("participant", ""))
    if participant is None:
        raise NotYours
    ask_for_consent(session_id, participant, by=viewer, at=clock.now())
    return redirect("desk:session-transcript", session_id)


_PRESSES: dict[str, Callable[[HttpRequest, Viewer, UUID], HttpResponse]] = {
    "consent": _consent,
    "upload": _upload,
    "ask": _ask,
}
#: What a therapist can enter; the rest is the client's own to say.
_HOWS = [one for one in Consent.How.choices if one[0] != Consent.How.OWN_PAGES]


def _session_page(
    request: HttpRequest, viewer: Viewer, session_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_session_transcript(viewer, session_id, at=clock.now())
    sent = request.POST.dict() if problem else {}
    context = {
        "page": page,
        "hows": _HOWS,
        "sent": sent,
        "chosen": sent.get("participant") or (str(page.missing[0].participant.id) if len(page.missing) == 1 else ""),
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if problem else "",
    }
    return show(request, "desk/session_transcript.html", context, status=problem.status if problem else 200)


@require_safe
@therapists_only
def consent_sheet(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    """What a client agrees to, in plain words, to be printed and signed: a sheet for each who has not agreed."""
    page = get_session_transcript(viewer, session_id, at=clock.now())
    asked = page.missing or page.agreements
    return show(request, "desk/consent_sheet.html", {"page": page, "asked": asked, "terms": TERMS})


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def take_back(request: HttpRequest, viewer: Viewer, consent_id: UUID) -> HttpResponse:
    """A client takes their consent back: what goes is said first."""
    agreement, page = get_consent_page(viewer, consent_id, at=clock.now())
    if request.method == "POST":
        take_consent_back(consent_id, by=viewer, at=clock.now())
        return redirect("desk:session-transcript", page.session.id)
    return show(request, "desk/transcript_withdraw.html", {"page": page, "agreement": agreement})


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def withdraw(request: HttpRequest, viewer: Viewer, transcript_id: UUID) -> HttpResponse:
    """The transcript is erased: what goes is said first."""
    page = get_withdrawal(viewer, transcript_id, at=clock.now())
    if request.method == "POST":
        withdraw_transcript(transcript_id, by=viewer, at=clock.now())
        return redirect("desk:session-transcript", page.session.id)
    return show(request, "desk/transcript_withdraw.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def transcript(request: HttpRequest, viewer: Viewer, transcript_id: UUID) -> HttpResponse:
    """The text with findings in the margin; who is who can be set."""
    if request.method != "POST":
        return _transcript_page(request, viewer, transcript_id)
    kept = get_transcript(viewer, transcript_id, at=clock.now())
    if request.POST.get("do") != "roles":
        raise NotYours
    names, roles = request.POST.getlist("name"), request.POST.getlist("role")
    try:
        set_roles(kept, roles=dict(zip(names, roles, strict=False)), by=viewer, at=clock.now())
    except Refused as problem:
        return _transcript_page(request, viewer, transcript_id, problem)
    return redirect("desk:transcript", transcript_id)


def _transcript_page(
    request: HttpRequest, viewer: Viewer, transcript_id: UUID, problem: Refused | None = None
) -> HttpResponse:
    page = get_transcript_page(viewer, transcript_id, at=clock.now())
    sent = dict(zip(request.POST.getlist("name"), request.POST.getlist("role"), strict=False)) if problem else {}
    context = {
        "page": page,
        "analysis": page.content.analysis,
        "practices": practices(page),
        "spoke": spoke(page),
        "times": times(page.content.analysis.timing),
        "roles": ROLES.items(),
        "speakers": [(name, sent.get(name, role)) for name, role in page.speakers],
        "lines": lines(page),
        "problem": problem.sentence if problem else "",
    }
    return show(request, "desk/transcript.html", context, status=422 if problem else 200)


@require_POST
@therapists_only
def finding(request: HttpRequest, viewer: Viewer, finding_id: UUID) -> HttpResponse:
    """Somebody says that a finding is not so, or lets it stand again; back to its line."""
    found = get_finding(viewer, finding_id, at=clock.now())
    press = request.POST.get("do", "")
    if press == "contest":
        contest(found, at_word_of=request.POST.get("whose", ""), by=viewer, at=clock.now())
    elif press == "let-stand":
        let_stand(found, by=viewer, at=clock.now())
    else:
        raise NotYours
    return redirect(f"{reverse('desk:transcript', args=[found.transcript_id])}#line-{found.utterance + 1}")
