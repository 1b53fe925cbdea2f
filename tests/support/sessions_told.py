"""Made-up sessions as files, and the short way from a consent to a transcript."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from support.cast import NOW, ZONE

from attune.care.consent.models import Consent
from attune.care.consent.readers import list_who_must_agree
from attune.care.episodes.models import Participant
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.schedule.models import Session
from attune.people.viewers import Viewer
from attune.transcripts.actions import File
from attune.transcripts.consented import Agreed, add_transcript, give_consent
from attune.transcripts.models import Transcript

#: Three open invitations, the last of which asks for feedback, a silence of four seconds; twelve lines by two speakers.
SAID = (
    ("Ben", "Good to see you. What would you like to look at today?"),
    ("Amara", "My father called on Sunday. I did not pick it up."),
    ("Ben", "You saw that it was him, and you left it."),
    ("Amara", "Yes. And then I cleaned the kitchen for two hours."),
    ("Ben", "What was that like for you, those two hours?"),
    ("Amara", "Quiet. I was not angry, I was just busy."),
    ("Amara", "And then it was late, and I thought now I cannot call any more."),
    ("Ben", "So the hour decided it."),
    ("Amara", "I think I wanted it to."),
    ("Ben", "Before we stop: how was this for you today?"),
    ("Amara", "Slower than last time. That was good."),
    ("Ben", "Then we go on like that."),
)


def vtt(said: tuple[tuple[str, str], ...] = SAID) -> bytes:
    """A WebVTT file with voices: five seconds a line; before the sixth line nobody speaks for four seconds."""
    cues, at = [], 0
    for place, (speaker, text) in enumerate(said):
        at += 4 if place == 5 else 0
        cues.append(f"{_clock(at)} --> {_clock(at + 5)}\n<v {speaker}>{text}</v>\n")
        at += 5
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def long_session(lines: int) -> bytes:
    """A session of so many lines."""
    said = (SAID * (lines // len(SAID) + 1))[:lines]
    return vtt(said)


def yesterdays_session(who: Participant, *, by: Viewer, ago: int = 1) -> Session:
    """A session that took place the day before, or so many days ago."""
    starts = NOW - timedelta(days=ago)
    wall = starts.astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return hold_session(plan_appointment(who.episode, when=when, by=by, at=starts), by=by, at=NOW)


def agree(session: Session, *, by: Viewer, at: datetime) -> list[Consent]:
    """Everybody who was there agrees, on paper, the day before."""
    day = (at - timedelta(days=1)).date()
    return [
        give_consent(session.id, Agreed(who.id, "paper", day), by=by, at=at) for who in list_who_must_agree(session)
    ]


def transcribed(session_id: UUID, *, by: Viewer, at: datetime, data: bytes | None = None) -> Transcript:
    """A transcript that was read in after everybody had agreed."""
    session = Session.objects.get(pk=session_id)
    agree(session, by=by, at=at)
    return add_transcript(session.id, file=File("session.vtt", data or vtt()), by=by, at=at)
