"""Pages for everybody: the way in, help now, and whether the house is up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from attune.care.safety.help_now import list_help
from attune.people.readers import get_installation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody arrives: signed in, to the desk; in a demo, to the cast; else to sign-in."""
    if request.user.is_authenticated:
        return redirect("desk:caseload")
    if get_installation().kind == "demo":
        return redirect("demo:cast")
    return redirect("entrance:sign-in")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Who answers now, by country. The same page for everybody; it knows nothing of who opens it."""
    return render(request, "entrance/help_now.html", {"countries": list_help()})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Up, with its database. Says nothing else."""
    get_installation.cache_clear()
    get_installation()
    return HttpResponse("well\n", content_type="text/plain")
