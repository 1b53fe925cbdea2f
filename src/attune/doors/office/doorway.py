"""Who may pass to the office: somebody signed in, with the role of operator. Everybody else finds no page."""

from attune.doors.doorway import only, show
from attune.people.models import Role

__all__ = ["operators_only", "show"]

operators_only = only(Role.Name.OPERATOR)
