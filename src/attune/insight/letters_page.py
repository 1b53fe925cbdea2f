"""The letters to one client: where they go, which go by themselves, what was sent, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import check_can_read_client
from attune.care.checkins.actions import LINK_LASTS
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Appointment, Session
from attune.care.sending.readers import list_chosen
from attune.care.workflows.due_letters import Next, list_next
from attune.notices.letter import Letter, draw_up
from attune.notices.models import Notice
from attune.notices.outbox import list_about, sends_mail
from attune.people.contacts import get_contact
from attune.people.models import Contact
from attune.people.viewers import Viewer
from attune.vault.sealed import SealsFor, load_for

#: So many letters stand on the page, the newest first.
AT_ONCE = 12


@dataclass(frozen=True)
class Sent:
    """One letter of the outbox, and the hour of the meeting that it is about."""

    notice: Notice
    starts_at: datetime


@dataclass(frozen=True)
class LettersPage:
    """Everything that the page names. Whether a letter was opened is not known to anybody."""

    participant: Participant
    name: str
    contact: Contact | None
    chosen: dict[str, str]
    sent: list[Sent]
    coming: list[Next]
    sends_mail: bool

    @property
    def works(self) -> bool:
        """Whether the work goes on: what has ended sends nothing."""
        return self.participant.episode.state == Episode.State.WORKING and self.participant.until is None

    @property
    def is_several(self) -> bool:
        """Work with a couple or a family, in which somebody else may see a letter."""
        return self.participant.episode.kind != Episode.Kind.INDIVIDUAL

    def letter(self, link: str, *, at: datetime) -> Letter:
        """The whole letter, as it would go out now with this link."""
        zone = self.participant.person.zone
        return draw_up(link, until=at + LINK_LASTS, zone=zone, several=self.is_several)


def get_letters_page(viewer: Viewer, participant_id: UUID, *, at: datetime) -> LettersPage:
    """The page of one client, for who may read the episode; leaves one event."""
    who = check_can_read_client(viewer, participant_id, at=at)
    contact = get_contact(who.person_id)
    sealed: list[SealsFor] = [who.person]
    sealed += [contact, contact.entered_by] if contact else []
    load_for(sealed)
    page = LettersPage(
        participant=who,
        name=str(who.person.name),
        contact=contact,
        chosen={moment: one.how for moment, one in list_chosen(who).items()},
        sent=_sent(who),
        coming=[],
        sends_mail=sends_mail(),
    )
    if page.works and page.sends_mail and contact is not None:
        page.coming.extend(list_next(who, at=at))
    note("letters.read", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return page


def _sent(who: Participant) -> list[Sent]:
    """Of this work alone: what was sent to the same person in another is not shown here."""
    hours = dict(Appointment.objects.filter(episode=who.episode_id).values_list("id", "starts_at"))
    hours |= dict(Session.objects.filter(episode=who.episode_id).values_list("id", "held_at"))
    return [Sent(one, hours[one.about]) for one in list_about(who.person_id, hours)[:AT_ONCE]]
