"""Which letters are due: by what was chosen for each client, and by the appointments and sessions that there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from attune.care.checkins.models import Invitation
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.readers import list_ahead
from attune.care.sending.models import Sending
from attune.care.sending.readers import list_chosen, list_running
from attune.care.sending.rules import Window, after_window, before_window, set_apart
from attune.notices.models import Notice
from attune.notices.outbox import Due
from attune.people.models import Contact

#: So far back it is looked for what was missed, and so far ahead for what comes.
_BACK, _AHEAD = timedelta(days=14), timedelta(days=3)
KINDS = {Sending.Moment.BEFORE: Notice.Kind.BEFORE, Sending.Moment.AFTER: Notice.Kind.AFTER}

Meeting = Appointment | Session


def list_due(*, at: datetime) -> list[Due]:
    """What is due by now and was never put into the outbox, with what was missed while nothing ran."""
    pairs = list(_meetings(at=at))
    known, came, addressed = _known(pairs), answered(pairs), _addressed(pairs)
    found = []
    for chosen, meeting in pairs:
        letter = letter_about(chosen, meeting)
        since = addressed.get(letter.person_id)
        is_due = chosen.since <= letter.due <= at and since is not None and since < letter.until
        is_new = (letter.kind, letter.about, letter.person_id) not in known
        if is_due and is_new and (chosen.participant_id, meeting.id) not in came:
            found.append(letter)
    return found


def letter_about(chosen: Sending, meeting: Meeting) -> Due:
    """The letter that this choice asks for about this appointment or session."""
    who = chosen.participant
    window = _window(chosen, meeting)
    if who.episode.kind != Episode.Kind.INDIVIDUAL:
        people = list(who.episode.participants.values_list("id", flat=True))
        appointment = meeting.id if isinstance(meeting, Appointment) else meeting.appointment_id
        window = set_apart(window, moment=chosen.moment, about=appointment, who=who.id, people=people)
    return Due(who.person_id, KINDS[Sending.Moment(chosen.moment)], meeting.id, window.due, window.until)


def _window(chosen: Sending, meeting: Meeting) -> Window:
    zone = chosen.participant.person.zone
    if isinstance(meeting, Appointment):
        return before_window(chosen.how, starts_at=meeting.starts_at, zone=zone)
    planned = meeting.appointment
    ended_at = planned.starts_at + timedelta(minutes=planned.minutes)
    return after_window(chosen.how, ended_at=ended_at, zone=zone)


def _meetings(*, at: datetime) -> Iterator[tuple[Sending, Meeting]]:
    """Every choice with the appointments or sessions that it may be about now."""
    running = list(list_running())
    episodes = {one.participant.episode_id for one in running}
    planned = Appointment.objects.filter(state=Appointment.State.PLANNED, episode__in=episodes)
    held = Session.objects.select_related("appointment").filter(episode__in=episodes, held_at__gt=at - _BACK)
    by_moment: dict[str, list[Meeting]] = {
        Sending.Moment.BEFORE: list(planned.filter(starts_at__range=(at - _BACK, at + _AHEAD)).order_by("starts_at")),
        Sending.Moment.AFTER: list(held.order_by("held_at")),
    }
    by_episode: dict[tuple[str, UUID], list[Meeting]] = {}
    for moment, meetings in by_moment.items():
        for meeting in meetings:
            by_episode.setdefault((moment, meeting.episode_id), []).append(meeting)
    for one in running:
        for meeting in by_episode.get((one.moment, one.participant.episode_id), ()):
            yield one, meeting


Pairs = Iterable[tuple[Sending, Meeting]]


def _known(pairs: Pairs) -> set[tuple[str, UUID, UUID]]:
    about = {meeting.id for _, meeting in pairs}
    return set(Notice.objects.filter(about__in=about).values_list("kind", "about", "person"))


def answered(pairs: Pairs) -> set[tuple[UUID, UUID]]:
    """Who has answered about what, of these: participant and meeting."""
    about = {meeting.id for _, meeting in pairs}
    came = Invitation.objects.filter(Q(appointment__in=about) | Q(session__in=about), responses__isnull=False)
    listed = came.values_list("participant", "appointment", "session").distinct()
    return {(who, meeting) for who, *either in listed for meeting in either if meeting is not None}


def _addressed(pairs: Pairs) -> dict[UUID, datetime]:
    """Since when each of them has an address."""
    people = {chosen.participant.person_id for chosen, _ in pairs}
    return dict(Contact.objects.filter(person__in=people, until=None).values_list("person", "since"))


@dataclass(frozen=True)
class Next:
    """A letter that is to come; `after`: once it was entered that the session took place."""

    due: datetime
    kind: str
    starts_at: datetime
    if_held: bool


def list_next(who: Participant, *, at: datetime) -> list[Next]:
    """What goes next by the choices made: about the last session, and about the nearest appointment that asks any."""
    chosen = list_chosen(who)
    for one in chosen.values():
        one.participant = who
    listed = list(_after_last(who, chosen, at=at))
    for appointment in list_ahead().filter(episode=who.episode_id, starts_at__gt=at)[:2]:
        of_this = list(_about(appointment, chosen))
        if of_this:
            return sorted([*listed, *of_this], key=lambda letter: letter.due)
    return listed


def _after_last(who: Participant, chosen: dict[str, Sending], *, at: datetime) -> Iterator[Next]:
    last = Session.objects.select_related("appointment").filter(episode=who.episode_id).order_by("-number").first()
    after = chosen.get(Sending.Moment.AFTER)
    if last is None or after is None:
        return
    letter, pairs = letter_about(after, last), [(after, last)]
    if after.since <= letter.due and at < letter.until and not _known(pairs) and not answered(pairs):
        yield Next(letter.due, letter.kind, last.held_at, if_held=False)


def _about(appointment: Appointment, chosen: dict[str, Sending]) -> Iterator[Next]:
    for moment, one in chosen.items():
        is_before = moment == Sending.Moment.BEFORE
        meeting = appointment if is_before else Session(appointment=appointment)
        letter, pairs = letter_about(one, meeting), [(one, meeting)]
        if one.since <= letter.due and not _known(pairs) and not answered(pairs):
            yield Next(letter.due, letter.kind, appointment.starts_at, if_held=not is_before)
