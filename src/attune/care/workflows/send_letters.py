"""Letters go out by themselves, with a check-in or because something came: through the outbox, when they are due.

A machine's work, done again and again: what was done is not done twice, and before anything leaves the house it is
asked once more whether it still should.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from attune.care.checkins.actions import invite, shut_link
from attune.care.checkins.models import Invitation
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Appointment, Session
from attune.care.sending.models import Sending
from attune.care.sending.readers import list_running
from attune.care.workflows.came_letters import CameLetters, list_due_of_what_came
from attune.care.workflows.due_letters import KINDS, Meeting, answered, letter_about, list_due
from attune.care.workflows.offer_checkin import after_asking, before_asking
from attune.notices import outbox
from attune.notices.letter import Letter, draw_up
from attune.notices.models import Notice
from attune.notices.outbox import Due
from attune.notices.sending import Writer, one_at_a_time, send_waiting
from attune.people.contacts import get_contact, is_used_by
from attune.people.viewers import MACHINE

#: Whoever was handed a link just now may be answering: it is not shut under their hands.
HANDED = timedelta(hours=2)

#: From a token to the address that opens its check-in: the doors know it.
LinkOf = Callable[[str], str]


def send_letters(*, link_of: LinkOf, at: datetime) -> None:
    """One round: put in what is due, send what waits. Nothing where the house sends no mail, or another is at it."""
    if not outbox.sends_mail():
        return
    with one_at_a_time(at=at) as mine:
        if mine is not None:
            for letter in (*list_due(at=at), *list_due_of_what_came(at=at)):
                outbox.put_in(letter, at=at)
            send_waiting(_ByKind(CheckinLetters(link_of), CameLetters()), mine)


@dataclass(frozen=True)
class _ByKind:
    """Each letter by whoever knows its kind."""

    checkins: "CheckinLetters"
    came: CameLetters

    def when(self, notice: Notice, *, at: datetime) -> Due | None:
        return self._of(notice).when(notice, at=at)

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        return self._of(notice).write(notice, at=at)

    def unmake(self, notice: Notice, *, at: datetime) -> None:
        self._of(notice).unmake(notice, at=at)

    def _of(self, notice: Notice) -> Writer:
        return self.came if notice.kind == Notice.Kind.CAME else self.checkins


@dataclass(frozen=True)
class CheckinLetters:
    """What the outbox asks before a check-in leaves: whether it still should, and what stands in it."""

    link_of: LinkOf

    def when(self, notice: Notice, *, at: datetime) -> Due | None:
        """When it is to go as things stand now; None once it was answered, called off, ended, or is not wanted."""
        asked = _asked(notice)
        if asked is None:
            return None
        letter = letter_about(*asked)
        if letter.due < asked[0].since or _shares_address(asked[0].participant):
            return None
        handed = _handed_until(*asked)
        if handed is None or handed <= at:
            return letter
        return replace(letter, due=handed) if handed < letter.until else None

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        """A link that is made now, in the one letter that there is."""
        asked = _asked(notice)
        if asked is None:
            return None
        chosen, meeting = asked
        who = chosen.participant
        asking = before_asking(who, meeting) if isinstance(meeting, Appointment) else after_asking(who, meeting)
        invitation, token = invite(who, asking=asking, by=MACHINE, at=at)
        several = who.episode.kind != Episode.Kind.INDIVIDUAL
        return draw_up(self.link_of(token), until=invitation.expires_at, zone=who.person.zone, several=several)

    def unmake(self, notice: Notice, *, at: datetime) -> None:
        """Shut the link that was made for it, and no other."""
        asked = _asked(notice)
        made = _links(*asked).filter(made_at=notice.changed_at).first() if asked else None
        if made is not None:
            shut_link(made, by=MACHINE, at=at)


def _asked(notice: Notice) -> tuple[Sending, Meeting] | None:
    """The choice behind a letter and what it is about, where both still stand and it was not answered."""
    meeting = _meeting(notice)
    if meeting is None:
        return None
    moment = next(moment for moment, kind in KINDS.items() if kind == notice.kind)
    running = list_running().filter(moment=moment, participant__person=notice.person_id)
    chosen = running.filter(participant__episode=meeting.episode_id).first()
    return None if chosen is None or answered([(chosen, meeting)]) else (chosen, meeting)


def _meeting(notice: Notice) -> Meeting | None:
    if notice.kind == Notice.Kind.BEFORE:
        return Appointment.objects.filter(pk=notice.about, state=Appointment.State.PLANNED).first()
    return Session.objects.select_related("appointment").filter(pk=notice.about).first()


def _handed_until(chosen: Sending, meeting: Meeting) -> datetime | None:
    """Until when a link that somebody made for the same thing is left alone."""
    made = _links(chosen, meeting).order_by("made_at").values_list("made_at", flat=True).last()
    return made + HANDED if made else None


def _links(chosen: Sending, meeting: Meeting) -> QuerySet[Invitation]:
    links = Invitation.objects.filter(participant=chosen.participant, kind=chosen.moment, withdrawn_at=None)
    if isinstance(meeting, Appointment):
        return links.filter(appointment=meeting.id)
    return links.filter(session=meeting.id)


def _shares_address(who: Participant) -> bool:
    """Two who take part in the same work would be written to in one letter box: then neither is."""
    if who.episode.kind == Episode.Kind.INDIVIDUAL:
        return False
    others = who.episode.participants.exclude(pk=who.pk).values_list("person", flat=True)
    mine = get_contact(who.person_id)
    return mine is not None and is_used_by(list(others), mine.address)
