"""What is shown when something went wrong: what happened, what to do now, and nothing else."""

import logging
import sys
import traceback
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from attune.doors.typed import door_of, get_typed

log = logging.getLogger("attune")

_PAGES = {400, 403, 404, 409, 410, 422, 429, 500, 503}
#: Seconds after which trying again makes sense.
RETRY_AFTER = "5"


def trouble_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page for a status. 404 is one constant page, whatever the reason: missing and another's look alike."""
    context = {} if status in (404, 500) else {"sentence": sentence}
    page = HttpResponse(render_to_string(f"{status if status in _PAGES else 500}.html", context), status=status)
    if status == 429:
        page["Retry-After"] = RETRY_AFTER
    return page


def nothing_kept(request: HttpRequest, problem: BaseException) -> HttpResponse:
    """The page for a fault of the database: needs none, and no session; what was typed is on it, to be sent again."""
    tell(problem)
    help_now = reverse("entrance:help-now") if door_of(request) == "portal" else ""
    context = {"typed": get_typed(request), "help_now": help_now}
    page = HttpResponse(render_to_string("503.html", context), status=503)
    page["Retry-After"] = RETRY_AFTER
    return page


def tell(problem: BaseException) -> None:
    """What kind of fault, and where in the code; never its message, its values, or the address of the page."""
    places = traceback.extract_tb(problem.__traceback__)
    place = next(
        (f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(places) if "attune" in frame.filename),
        "elsewhere",
    )
    log.error("%s in %s", type(problem).__name__, place)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or the browser keeps no cookies."""
    return trouble_page(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent could not be read; or Django says so of a session that the database could not keep."""
    fault = _fault_behind(exception)
    return nothing_kept(request, fault) if fault else trouble_page(request, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; outside the pages themselves, around them, it may still be the database's."""
    fault = _fault_behind(sys.exception())
    return nothing_kept(request, fault) if fault else trouble_page(request, 500)


def _fault_behind(problem: BaseException | None) -> BaseException | None:
    """The database's own fault beneath another error: not what it refused, but that it did not answer."""
    while problem is not None and not isinstance(problem, OperationalError | InterfaceError):
        problem = problem.__cause__ or problem.__context__
    return problem
