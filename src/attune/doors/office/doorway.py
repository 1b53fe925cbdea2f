"""Who may pass to the office: somebody signed in, with the role of operator. Everybody else finds no page."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from attune.doors import doorway
from attune.doors.doorway import only
from attune.people.alarms import LINKS_TRIED, SIGN_INS_TRIED
from attune.people.models import Role

operators_only = only(Role.Name.OPERATOR)


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the office; above it stands for a week that somebody tried to get in."""
    alarms = {"links_tried": LINKS_TRIED.last_told(), "sign_ins_tried": SIGN_INS_TRIED.last_told()}
    return doorway.show(request, template, alarms | context, status=status)
