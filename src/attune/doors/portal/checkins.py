"""A client's check-in: the form is shown (and nothing is written), the answers are taken, what comes of it is told."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from attune.base import clock
from attune.base.errors import Conflict, Gone, Refused
from attune.base.ids import new_id
from attune.care.checkins.readers import get_invitation, was_received
from attune.care.workflows.receive_checkin import Receipt, Sent, receive_checkin
from attune.doors.portal.form_page import context_of
from attune.insight.checkin_form import get_checkin_form
from attune_science import instruments

#: What a form sends beside its answers.
NOT_ANSWERS = ("csrfmiddlewaretoken", "submission")


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest, token: str) -> HttpResponse:
    """One form by its link. A form that cannot be taken comes back with everything that was typed."""
    if request.method != "POST":
        return _show(request, token)
    sent = _sent(request)
    try:
        receipt = receive_checkin(token=token, sent=sent, at=clock.now())
    except Refused as problem:
        return _show(request, token, sent=sent, problem=problem)
    except (Conflict, Gone) as problem:
        return _not_kept(request, token, sent, problem)
    return _then(token, receipt)


@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """What a used link shows: that it came, and nothing of what was said."""
    if was_received(token):
        return render(request, "portal/received.html")
    get_invitation(token)
    return redirect("portal:checkin", token)


def _then(token: str, receipt: Receipt) -> HttpResponse:
    # An answer that tells of danger ends with help now; the address says nothing about anybody.
    return redirect("entrance:help-now") if receipt.danger else redirect("portal:received", token)


def _show(
    request: HttpRequest, token: str, *, sent: Sent | None = None, problem: Refused | None = None
) -> HttpResponse:
    form = get_checkin_form(token, at=clock.now())
    if form is None:
        return render(request, "portal/received.html")
    context = context_of(form, sent.raw if sent else {}, problem.fields if problem else {})
    context["submission"] = sent.submission if sent else new_id()
    return render(request, "portal/checkin.html", context, status=422 if problem else 200)


def _not_kept(request: HttpRequest, token: str, sent: Sent, problem: Conflict | Gone) -> HttpResponse:
    """The link is closed; what was typed is shown to whoever typed it, to be copied."""
    items = instruments.get(get_invitation(token).instrument).items
    words = [sent.raw[item.key] for item in items if item.kind == "words" and sent.raw.get(item.key)]
    context = {"sentence": problem.sentence, "words": words}
    return render(request, "portal/not_kept.html", context, status=problem.status)


def _sent(request: HttpRequest) -> Sent:
    raw = {key: str(value) for key, value in request.POST.items() if key not in NOT_ANSWERS}
    return Sent(raw, _submission(request.POST.get("submission", "")), get_language() or "en")


def _submission(text: str) -> UUID:
    """The key that the form was given. Without a readable one this is a submission of its own."""
    try:
        return UUID(text)
    except ValueError:
        return new_id()
