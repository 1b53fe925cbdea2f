"""An episode: its page, and a new one."""

from uuid import UUID
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from attune.base import clock
from attune.base.errors import Refused
from attune.care.episodes.models import Episode
from attune.care.workflows.begin_episode import begin_episode
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.episode_page import get_episode_page
from attune.people.actions import Called
from attune.people.models import Person
from attune.people.readers import get_installation
from attune.people.viewers import Viewer

#: So many people can be entered with a new episode; more can join a family later.
PLACES = 4


@require_safe
@therapists_only
def episode(request: HttpRequest, viewer: Viewer, episode_id: UUID) -> HttpResponse:
    """Who, when next, and the check-ins."""
    return show(request, "desk/episode.html", {"page": get_episode_page(viewer, episode_id, at=clock.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Begin to work with a client, a couple or a family."""
    if request.method != "POST":
        return _form(request, {}, {})
    sent = request.POST.dict()
    zone = sent.get("zone", "")
    people = [
        Called(sent.get(f"name{n}", ""), sent.get(f"pronouns{n}", ""), zone)
        for n in range(1, PLACES + 1)
        if sent.get(f"name{n}", "").strip()
    ]
    if not people and sent.get("kind") in Episode.Kind.values:
        return _form(request, sent, {"name1": gettext("Write a name.")})
    try:
        begun = begin_episode(kind=sent.get("kind", ""), people=people, by=viewer, at=clock.now())
    except Refused as problem:
        return _form(request, sent, problem.fields or {"kind": problem.sentence})
    return redirect("desk:episode", begun.id)


def _form(request: HttpRequest, sent: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    context = {
        "sent": {"zone": get_installation().zone} | sent,
        "errors": errors,
        "open": any(
            key[-1:] in "234" for key in (*errors, *(name for name in sent if sent[name] and name.startswith("name")))
        ),
        "kinds": Episode.Kind.choices,
        "pronouns": Person.Pronouns.choices,
        "places": [_place(n, sent, errors) for n in range(1, PLACES + 1)],
        "zones": sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV"))
        ),
    }
    return show(request, "desk/new_episode.html", context, status=422 if errors else 200)


def _place(n: int, sent: dict[str, str], errors: dict[str, str]) -> dict[str, str]:
    name, pronouns = f"name{n}", f"pronouns{n}"
    return {
        "n": str(n),
        "name_key": name,
        "name": sent.get(name, ""),
        "name_error": errors.get(name, ""),
        "pronouns_key": pronouns,
        "pronouns": sent.get(pronouns, ""),
        "pronouns_error": errors.get(pronouns, ""),
    }
