"""Who may pass to the desk: somebody signed in, with the role of therapist. Everybody else finds no page."""

from attune.doors.doorway import only, show
from attune.people.models import Role

__all__ = ["show", "therapists_only"]

therapists_only = only(Role.Name.THERAPIST)
