"""Which questionnaires ride on a check-in: what was asked, after how many sessions, and what that leaves room for."""

from datetime import datetime
from uuid import UUID

from attune.care.checkins.actions import part_of
from attune.care.checkins.models import Invitation, Part, Response
from attune.care.episodes.models import Participant
from attune.care.questionnaires.readers import list_coming
from attune.care.questionnaires.rules import Asked, due
from attune.care.schedule.models import Session


def list_due(participant: Participant, *, moment: str, about_id: UUID, session: int) -> list[Part]:
    """The parts to add to the check-in before or after, when so many sessions have been held.

    A new link for the same thing asks the same again: what its older links asked does not count.
    """
    coming = list_coming(participant)
    if not coming:
        return []
    asked = list_asked(participant, but_for=about_id)
    ready = due(coming, asked, session=session)
    return [part_of(definition) for definition in ready if definition.moment == moment]


def list_asked(participant: Participant, *, but_for: UUID | None = None) -> list[Asked]:
    """Every questionnaire that this participant was asked by a link still standing, with the sessions held by then."""
    # Over two years somebody gets some two hundred links: only what is looked at is fetched, and no rows are built.
    fields = ("id", "kind", "asked", "made_at", "session_id", "appointment_id", "session__number")
    links = Invitation.objects.filter(participant=participant, withdrawn_at=None).values_list(*fields, named=True)
    asked = [
        (link, Part(*listed))
        for link in links
        if but_for is None or but_for not in (link.session_id, link.appointment_id)
        for listed in (link.asked if link.kind == Invitation.Kind.QUESTIONNAIRE else link.asked[1:])
    ]
    if not asked:
        return []
    held = list(Session.objects.filter(episode=participant.episode_id).values_list("held_at", "number"))
    came = set(Response.objects.filter(participant=participant).values_list("invitation_id", "instrument"))
    return [
        Asked(
            part.instrument,
            link.session__number or _held_by(held, link.made_at),
            answered=(link.id, part.instrument) in came,
        )
        for link, part in asked
    ]


def _held_by(held: list[tuple[datetime, int]], at: datetime) -> int:
    return max((number for when, number in held if when <= at), default=0)
