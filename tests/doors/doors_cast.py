"""How tests come to a door: sessions that were held, links that were handed out, somebody signed in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from support.askings import ask
from support.both_factors import with_both
from support.cast import NOW, ZONE, Cast

from attune.base.ids import new_id
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.models import Response
from attune.care.episodes.models import Participant
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.people.viewers import Viewer
from attune.vault.keys import keyring

THREE = {"presence": "8", "collaboration": "7", "repair": "9"}
EIGHT = THREE | {"acceptance": "8", "culture": "6", "frame": "9", "autonomy": "8", "feedback": "7"}
CALM = {f"item-{n}": "0" for n in range(1, 10)}
DANGER = CALM | {"item-9": "1"}


def signed_in(cast: Cast, name: str = "Ben") -> Client:
    """A browser in which this member of staff has signed in, with both factors."""
    return with_both(cast.accounts[name])


def planned(who: Participant, by: Viewer, starts: datetime) -> Appointment:
    """An appointment at this instant."""
    wall = starts.astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return plan_appointment(who.episode, when=when, by=by, at=starts - timedelta(days=3))


def held(who: Participant, by: Viewer, number: int = 1) -> Session:
    """The last of so many sessions, a week apart, the last of them yesterday."""
    for ago in reversed(range(number)):
        starts = NOW - timedelta(days=1, weeks=ago)
        session = hold_session(planned(who, by, starts), by=by, at=starts + timedelta(minutes=50))
    return session


def link(who: Participant, by: Viewer, asking: Asking, *, at: datetime = NOW) -> str:
    """The token of a new link."""
    with keyring():
        return invite(who, asking=asking, by=by, at=at)[1]


def after(session: Session, form: str = "three") -> Asking:
    """The check-in after this session."""
    return ask("after", "attune-session", form, session_id=session.id)


def phq9() -> Asking:
    """The questionnaire."""
    return ask("questionnaire", "phq-9", "full")


def answered(who: Participant, by: Viewer, asking: Asking, answers: dict[str, str]) -> Response:
    """A response that came in."""
    token = link(who, by, asking)
    with keyring():
        receipt = receive_checkin(token=token, sent=Sent(answers, new_id()), at=NOW)
    return Response.objects.get(pk=receipt.response_id)
