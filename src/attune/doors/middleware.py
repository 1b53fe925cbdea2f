"""What happens around every page: keys live as long as it, trouble gets a plain answer, windows stay closed."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse

from attune.base.errors import AttuneError
from attune.doors.alphabet import OTHER
from attune.doors.errors import nothing_kept, tell, trouble_page
from attune.vault.keys import keyring

Answer = Callable[[HttpRequest], HttpResponse]

#: Everything from this house, nothing inline, nothing framed. `data:` is not needed: drawings are inline SVG elements.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: A page that may not even ask: nothing reaches it until somebody leaves it.
NOTHING_COMES = CONTENT_SECURITY_POLICY.replace("connect-src 'self'", "connect-src 'none'")
#: A page asks for no device of whoever reads it, and no advertiser is told what they read.
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), browsing-topics=()"
)


def closed_windows(get_response: Answer) -> Answer:
    """Headers on every answer: no foreign content, no referrer, nothing kept by a browser or a proxy.

    A page may have named a policy of its own, which only ever takes away.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if not request.path_info.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    return answer


def legible(get_response: Answer) -> Answer:
    """What cannot be read is told so before anything is done: another alphabet, or more in the address than is read.

    A page may look at what follows its address only once it has kept something; by then it is too late to refuse.
    And a cookie in which something cannot be printed was never set here: it counts for none (PostgreSQL cannot be asked
    for a session with a null byte in its key).
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if OTHER in request.META:  # `doors.alphabet` heard it
            return trouble_page(request, 400)
        _ = request.GET  # refused here, or never
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return get_response(request)

    return answer


class trouble:  # noqa: N801 - a middleware reads as a word in the list of settings
    """Turns what the house raises into its page. A fault of the database is 503, never the sender's fault."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for this problem, or None to let Django answer with its plain 500."""
        if isinstance(problem, AttuneError):
            return trouble_page(request, problem.status, problem.sentence)
        if isinstance(problem, DatabaseError | InterfaceError):
            return nothing_kept(request, problem)
        if not isinstance(problem, Http404):  # of a package's pages: no fault, and Django has the page for it
            tell(problem)
        return None


def keys_of_a_page(get_response: Answer) -> Answer:
    """The keys opened for a page are gone when it has been answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        with keyring():
            return get_response(request)

    return answer
