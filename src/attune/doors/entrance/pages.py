"""Pages for everybody: the way in, help now, and whether the house is up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from attune.base import clock
from attune.care.safety.help_now import list_help
from attune.people.models import Role
from attune.people.readers import check_begun, get_installation
from attune.people.viewers import get_viewer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody arrives: clients at home, staff at the desk or in the office, strangers at the way in."""
    if request.user.is_authenticated:
        if request.user.is_clients:
            return redirect("portal:home")
        viewer = get_viewer(request.user.person_id, at=clock.now())
        if Role.Name.THERAPIST in viewer.roles:
            return redirect("desk:today")
        if Role.Name.OPERATOR in viewer.roles:
            return redirect("office:instruments")
        return render(request, "entrance/no_desk.html", {"name": request.user.person.name})
    if get_installation().kind == "demo":
        return redirect("demo:cast")
    return redirect("account_login")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Who answers now, by country. The same page for everybody; it knows nothing of who opens it."""
    return render(request, "entrance/help_now.html", {"countries": list_help()})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Up, with its database. Says nothing else."""
    check_begun()
    return HttpResponse("well\n", content_type="text/plain")
