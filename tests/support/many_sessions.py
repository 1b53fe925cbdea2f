"""A long course as rows alone, without their events: what matters is how many there are, and what they hold."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from support.cast import NOW, ZONE

from attune.base.ids import new_id
from attune.care.checkins.models import Invitation, Prediction, Response, Score
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Appointment, Session
from attune.people.viewers import Viewer
from attune.vault.keys import keyring
from attune_science import scoring
from attune_science.scoring import Answers

THREE = ("presence", "collaboration", "repair")


def many_sessions(
    who: Participant,
    by: Viewer,
    marks: Sequence[int],
    *,
    apart: timedelta = timedelta(days=7),
    zone: str = ZONE,
    read_at: datetime | None = NOW,
) -> list[Session]:
    """A session for each mark, the last of them yesterday; the client and the therapist give it on all three lines."""
    last = NOW - timedelta(days=1)
    starts = [last - apart * n for n in reversed(range(len(marks)))]
    appointments = Appointment.objects.bulk_create(_appointment(who, at, zone) for at in starts)
    sessions = Session.objects.bulk_create(
        Session(episode=who.episode, appointment=one, number=n, held_at=one.starts_at)
        for n, one in enumerate(appointments, 1)
    )
    invitations = Invitation.objects.bulk_create(_invitation(who, one) for one in sessions)
    with keyring():
        responses = Response.objects.bulk_create(
            _response(one, who, mark, read_at) for one, mark in zip(invitations, marks, strict=True)
        )
        Prediction.objects.bulk_create(
            _prediction(one, who, by, mark) for one, mark in zip(sessions, marks, strict=True)
        )
    Score.objects.bulk_create(
        Score(response=one, scale="three", value=float(mark), answered=3, version=scoring.VERSION)
        for one, mark in zip(responses, marks, strict=True)
    )
    return sessions


def _appointment(who: Participant, at: datetime, zone: str) -> Appointment:
    wall = at.astimezone(ZoneInfo(zone))
    return Appointment(
        episode=who.episode, day=wall.date(), time=wall.time().replace(tzinfo=None), zone=zone, starts_at=at
    )


def _invitation(who: Participant, session: Session) -> Invitation:
    asked = [["attune-session", "1", "three"]]
    times = {"made_at": session.held_at, "expires_at": session.held_at + timedelta(days=3)}
    return Invitation(participant=who, session=session, kind="after", asked=asked, token_hash=new_id().hex * 2, **times)


def _response(invitation: Invitation, who: Participant, mark: int, read_at: datetime | None) -> Response:
    session = invitation.session
    assert session is not None
    return Response(
        invitation=invitation,
        participant=who,
        instrument="attune-session",
        version="1",
        form="three",
        language="en",
        given_at=session.held_at + timedelta(hours=1),
        submission=new_id(),
        read_at=read_at,
        answers=_answers("attune-session", mark),
    )


def _prediction(session: Session, who: Participant, by: Viewer, mark: int) -> Prediction:
    return Prediction(
        session=session,
        participant=who,
        therapist_id=by.me,
        instrument="attune-therapist",
        version="1",
        form="three",
        given_at=session.held_at,
        answers=_answers("attune-therapist", min(10, max(0, mark + (1 if session.number % 2 else -1)))),
    )


def _answers(instrument: str, mark: int) -> str:
    return Answers(instrument, "1", "three", ratings=dict.fromkeys(THREE, float(mark))).to_json()


def questionnaires(who: Participant, scores: Sequence[tuple[datetime, float]], instrument: str = "phq-9") -> list[UUID]:
    """A scored questionnaire at each of these hours, opened."""
    invitations = Invitation.objects.bulk_create(
        Invitation(
            participant=who, kind="questionnaire", asked=[[instrument, "1", "full"]], token_hash=new_id().hex * 2,
            made_at=at, expires_at=at,
        )
        for at, _ in scores
    )  # fmt: skip
    responses = Response.objects.bulk_create(
        Response(
            invitation=one, participant=who, instrument=instrument, version="1", form="full", language="en",
            given_at=at, submission=new_id(), read_at=NOW,
        )
        for one, (at, _) in zip(invitations, scores, strict=True)
    )  # fmt: skip
    Score.objects.bulk_create(
        Score(response=one, scale="total", value=value, answered=9, version=scoring.VERSION)
        for one, (_, value) in zip(responses, scores, strict=True)
    )
    return [one.id for one in responses]
