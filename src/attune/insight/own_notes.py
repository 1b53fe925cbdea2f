"""All that a therapist has written about themselves and that has not folded away: for them alone."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from attune.audit.journal import note
from attune.care.access.relations import visible_episodes
from attune.care.episodes.models import Participant
from attune.care.notes.models import PrivateNote
from attune.care.notes.readers import arrival_of, list_notes, moments_of
from attune.insight.names import names_of
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for

#: What of a note can be taken to supervision, line by line.
LINES = ("intention", "words", "moved")


@dataclass(frozen=True)
class OwnNote:
    """One note. `people`: with whom the hour was; `still`: that work is one's own, so that its page can be opened."""

    note: PrivateNote
    people: list[Person] = field(default_factory=list)
    still: bool = False

    @property
    def names(self) -> str:
        """With whom; nothing where that work is not one's own any more."""
        return names_of(self.people) if self.still else ""

    @property
    def moments(self) -> list[datetime]:
        """What one wanted to come back to."""
        return moments_of(self.note, self.note.appointment.zone)

    @property
    def arrived(self) -> dict[str, PrivateNote.Arrived]:
        """Body, mind, heart, as far as they were touched."""
        return {key: PrivateNote.Arrived(value) for key, value in arrival_of(self.note).items()}

    @property
    def became(self) -> str:
        """What became of the intention, in words."""
        return str(PrivateNote.Became(self.note.became).label) if self.note.became else ""

    @property
    def taken(self) -> str:
        """How one took it that the client was unhappy, in words."""
        return str(PrivateNote.Taken(self.note.taken).label) if self.note.taken else ""


def list_own_notes(viewer: Viewer, *, at: datetime) -> list[OwnNote]:
    """The newest hour first; leaves one event with everybody who is named. The same few queries for all."""
    notes = list_notes(viewer, at=at)
    episodes = {one.episode_id for one in notes}
    still = set(visible_episodes(viewer, at=at).filter(pk__in=episodes).values_list("pk", flat=True))
    people = list(Participant.objects.select_related("person").filter(episode__in=episodes).order_by("since", "id"))
    load_for([*(who.person for who in people), *notes])
    note("own-notes.read", by=viewer, at=at, shown=[who.person_id for who in people if who.episode_id in still])
    return [
        OwnNote(
            one,
            [who.person for who in people if who.episode_id == one.episode_id],
            one.episode_id in still,
        )
        for one in notes
    ]


def take_lines(viewer: Viewer, chosen: Collection[str], *, at: datetime) -> list[str]:
    """The lines that were ticked (`<note>:<field>`), each with the names of one's clients left out, for supervision.

    What is nobody's, or another's, is not there. Nothing is kept of it and nothing is sent.
    """
    notes = list_own_notes(viewer, at=at)
    mine = Participant.objects.select_related("person").filter(episode__in=visible_episodes(viewer, at=at))
    people = {who.person for who in mine} | {person for one in notes for person in one.people}
    load_for(people)
    names = {part for person in people for part in [str(person.name), *str(person.name).split()]}
    return [
        _without(text, names)
        for one in notes
        for key in LINES
        if (text := getattr(one.note, key)) and f"{one.note.id}:{key}" in chosen
    ]


def _without(text: str, names: Collection[str]) -> str:
    """Whole words only; a name that is a word as well goes too, rather too many than one too few."""
    listed = sorted((unicodedata.normalize("NFC", name) for name in names if len(name) > 1), key=len, reverse=True)
    if not listed:
        return text
    found = "|".join(map(re.escape, listed))
    said = unicodedata.normalize("NFC", text)
    return re.sub(rf"(?<!\w)({found})(?!\w)", gettext("[client]"), said, flags=re.IGNORECASE)
