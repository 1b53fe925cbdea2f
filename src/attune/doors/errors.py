"""What is shown when something went wrong: what happened, what to do now, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_PAGES = {400, 403, 404, 409, 410, 422, 429, 500, 503}
#: Seconds after which trying again makes sense.
RETRY_AFTER = "5"


def trouble_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page for a status. 404 is one constant page, whatever the reason: missing and another's look alike."""
    context = {} if status in (404, 500) else {"sentence": sentence}
    page = HttpResponse(render_to_string(f"{status if status in _PAGES else 500}.html", context), status=status)
    if status in (429, 503):
        page["Retry-After"] = RETRY_AFTER
    return page


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or the browser keeps no cookies."""
    return trouble_page(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble_page(request, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return trouble_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return trouble_page(request, 500)
