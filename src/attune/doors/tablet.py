"""The tablet in the room: what it was handed over for is kept by itself, signed, for two hours."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from attune.care.workflows.hand_over import HANDED_FOR, Tablet
from attune.doors.cookies import how, name_of
from attune.doors.entrance.leaving import end_session

COOKIE = "attune_tablet"
_SALT = "attune.tablet"
#: So many hand-overs in two hours are kept; the oldest give way.
_AT_MOST = 24


def tablet_of(request: HttpRequest) -> Tablet:
    """What this browser was handed over for; nothing where it keeps nothing, or what was not signed here."""
    listed = request.get_signed_cookie(name_of(COOKIE), "", salt=_SALT) or ""
    return Tablet([UUID(one) for one in listed.split(".") if one], staff=request.user.is_authenticated)


def hand_to_client(request: HttpRequest, response: HttpResponse, invitation_id: UUID) -> HttpResponse:
    """End the therapist's session here, on the server too, and let the browser keep for what it was handed over."""
    handed = [*tablet_of(request).handed, invitation_id][-_AT_MOST:]
    end_session(request)
    listed = ".".join(one.hex for one in handed)
    response.set_signed_cookie(name_of(COOKIE), listed, salt=_SALT, **how(HANDED_FOR))
    return response
