"""A client's check-in: the form is shown (and nothing is written), the answers are taken, what comes of it is told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attune.base import clock
from attune.base.errors import Conflict, Gone, Refused
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.checkins.readers import get_invitation, list_sent
from attune.care.workflows.correct_checkin import can_correct, correct_checkin
from attune.care.workflows.hand_over import check_can_open
from attune.care.workflows.keep_draft import keep_draft
from attune.care.workflows.receive_checkin import Receipt, Sent, receive_checkin
from attune.doors.form_page import NOT_ANSWERS, context_of
from attune.doors.portal.browser import browser_of, new_browser, remember
from attune.doors.tablet import tablet_of
from attune.doors.typed import id_in
from attune.insight.checkin_form import CheckInForm, get_checkin_form, get_correction_form, list_fields_of_words

Page = Callable[..., HttpResponse]


def on_this_device(page: Page) -> Page:
    """Where a tablet was handed over it opens the link that it was handed over for, and no other."""

    @wraps(page)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            on_tablet = check_can_open(token, tablet=tablet_of(request), at=clock.now())
        except Conflict as problem:
            if request.method == "POST":
                return _not_kept(request, token, _sent(request), problem)
            return render(request, "portal/give_back.html", {"sentence": problem.sentence}, status=problem.status)
        request.on_tablet = on_tablet  # type: ignore[attr-defined]  # heard by `_on_tablet`
        return page(request, token)

    return guarded


def _on_tablet(request: HttpRequest) -> bool:
    return getattr(request, "on_tablet", False)


@require_http_methods(["GET", "HEAD", "POST"])
@on_this_device
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
    return _then(token, receipt, sent)


@require_safe
@on_this_device
def received(request: HttpRequest, token: str) -> HttpResponse:
    """What a used link shows: that it came, and nothing of what was said."""
    if sent := list_sent(token):
        return _received(request, token, sent)
    get_invitation(token)
    return redirect("portal:checkin", token)


@require_POST
@on_this_device
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed so far, kept for this browser: by the script without a page, by the button with one."""
    sent, by_script = _sent(request), "quiet" in request.POST
    try:
        if _on_tablet(request):
            raise Conflict("On this tablet nothing is kept before it is sent.")
        keep_draft(token=token, raw=sent.raw, browser=sent.browser, at=clock.now())
    except (Conflict, Gone) as problem:
        if by_script:
            return HttpResponse(status=problem.status)
        return _not_kept(request, token, sent, problem)
    page = HttpResponse(status=204) if by_script else render(request, "portal/kept.html", {"token": token})
    return remember(page, sent.browser)


@require_http_methods(["GET", "HEAD", "POST"])
@on_this_device
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent, to be changed: in the browser that sent it, for two hours, until somebody has read it."""
    if request.method != "POST":
        return _show_again(request, token)
    sent = _sent(request)
    try:
        receipt = correct_checkin(
            token=token, sent=sent, revision=id_in(request.POST.get("revision", "")), at=clock.now()
        )
    except Refused as problem:
        return _show_again(request, token, sent=sent, problem=problem)
    except (Conflict, Gone) as problem:
        return _not_kept(request, token, sent, problem)
    return _then(token, receipt, sent)


def _then(token: str, receipt: Receipt, sent: Sent) -> HttpResponse:
    # An answer that tells of danger ends with help now; the address says nothing about anybody.
    onward = redirect("entrance:help-now") if receipt.danger else redirect("portal:received", token)
    return remember(onward, sent.browser) if receipt.remembered else onward


def _show(
    request: HttpRequest, token: str, *, sent: Sent | None = None, problem: Refused | None = None
) -> HttpResponse:
    form = get_checkin_form(token, browser=browser_of(request), at=clock.now())
    if form is None:
        return _received(request, token, list_sent(token))
    return _form(request, token, replace(form, remembers=False) if _on_tablet(request) else form, sent, problem)


def _show_again(
    request: HttpRequest, token: str, *, sent: Sent | None = None, problem: Refused | None = None
) -> HttpResponse:
    form = get_correction_form(token, browser=browser_of(request), at=clock.now())
    return _form(request, token, form, sent, problem)


def _form(
    request: HttpRequest, token: str, form: CheckInForm, sent: Sent | None, problem: Refused | None
) -> HttpResponse:
    context = context_of(form, sent.raw if sent else form.typed, problem.fields if problem else {})
    context |= {"submission": sent.submission if sent else new_id(), "token": token, "on_tablet": _on_tablet(request)}
    return render(request, "portal/checkin.html", context, status=422 if problem else 200)


def _received(request: HttpRequest, token: str, sent: Sequence[Response]) -> HttpResponse:
    if _on_tablet(request):
        return render(request, "portal/give_back.html")
    may_change = can_correct(sent, browser=browser_of(request), at=clock.now())
    return render(request, "portal/received.html", {"token": token, "may_change": may_change})


def _not_kept(request: HttpRequest, token: str, sent: Sent, problem: Conflict | Gone) -> HttpResponse:
    """The link is closed; what was typed is shown to whoever typed it, to be copied."""
    words = [sent.raw[name] for name in list_fields_of_words(get_invitation(token)) if sent.raw.get(name)]
    context = {"sentence": problem.sentence, "words": words}
    return render(request, "portal/not_kept.html", context, status=problem.status)


def _sent(request: HttpRequest) -> Sent:
    raw = {key: str(value) for key, value in request.POST.items() if key not in NOT_ANSWERS}
    # Without a readable key this is a submission of its own.
    submission = id_in(request.POST.get("submission", "")) or new_id()
    channel = Response.Channel.TABLET if _on_tablet(request) else Response.Channel.LINK
    browser = browser_of(request) or new_browser(submission)
    return Sent(raw, submission, get_language() or "en", channel=channel, browser=browser)
