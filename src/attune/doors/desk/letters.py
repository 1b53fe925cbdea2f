"""Letters to a client: where they go and which go by themselves is entered here; what was sent is told."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.sending.models import Sending
from attune.care.sending.rules import CHOICES
from attune.care.workflows.offer_checkin import get_participant
from attune.care.workflows.reach_client import choose_when, enter_where, remove_where
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.links import checkin_link
from attune.insight.letters_page import Sent, get_letters_page
from attune.people.contacts import ADDRESS_LENGTH
from attune.people.viewers import Viewer

#: Where a real link has its token.
_EXAMPLE = "EXAMPLE"
_ABOUT = {
    "checkin-before": gettext_noop("Check-in before the appointment"),
    "checkin-after": gettext_noop("Check-in after the session"),
}
_BECAME = {
    "waiting": gettext_noop("waits for the mail server"),
    "sending": gettext_noop("is being sent"),
    "sent": gettext_noop("sent"),
    "stopped": gettext_noop("not sent: it was answered, called off or not wanted any more"),
    "missed": gettext_noop("not sent: it would have come too late"),
    "refused": gettext_noop("not sent: the mail server says that there is no such address"),
    "unsure": gettext_noop("perhaps sent: the line broke meanwhile, and it is not sent twice"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def letters(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The page; what cannot be entered comes back on it with its reason, and with what was typed."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    if request.POST.get("do") != "nowhere":  # an address can be removed also when the work has ended
        get_participant(participant_id, by=viewer, at=clock.now())  # another's is missing, ended work is closed
    try:
        _press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)
    return redirect("desk:letters", participant_id)


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> None:
    sent, at = request.POST, clock.now()
    do = sent.get("do", "")
    if do == "where":
        enter_where(participant_id, address=sent.get("address", ""), by=viewer, at=at)
    elif do == "nowhere":
        remove_where(participant_id, by=viewer, at=at)
    elif do == "when":
        before, after = sent.get("before", "-"), sent.get("after", "-")
        choose_when(participant_id, before=before, after=after, by=viewer, at=at)
    else:
        raise NotYours


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    at = clock.now()
    page = get_letters_page(viewer, participant_id, at=at)
    sent = request.POST.dict() if problem else {}
    context = {
        "page": page,
        "problem": problem.sentence if problem else "",
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "sent": sent,
        "address": sent.get("address", page.contact.address if page.contact else ""),
        "before": sent.get("before", page.chosen.get("before", "")),
        "after": sent.get("after", page.chosen.get("after", "")),
        "befores": _choices(Sending.Moment.BEFORE),
        "afters": _choices(Sending.Moment.AFTER),
        "letter": page.letter(checkin_link(_EXAMPLE), at=at),
        "letters": [(gettext(_ABOUT[one.notice.kind]), one, _became(one)) for one in page.sent],
        "coming": [(gettext(_ABOUT[one.kind]), one) for one in page.coming],
        "longest": ADDRESS_LENGTH,
    }
    return show(request, "desk/letters.html", context, status=problem.status if problem else 200)


def _choices(moment: str) -> list[tuple[str, str]]:
    return [*((how.value, str(how.label)) for how in CHOICES[moment]), ("", gettext("not by itself"))]


def _became(one: Sent) -> str:
    if one.notice.state == "waiting" and not one.notice.tries:
        return gettext("goes out with the next round")
    return gettext(_BECAME[one.notice.state])
