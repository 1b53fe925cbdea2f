"""What may change about a private note: it is written by its author, and it folds away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.care.notes.models import Keeping, Moment, PrivateNote
from attune.care.notes.readers import get_days
from attune.people.models import Person
from attune.people.viewers import MACHINE, Viewer

#: For how many days a note may be kept.
DAYS = (7, 30, 90)
#: Words of one reflection, and of each shorter line.
LONGEST, LINE = 4000, 200
BODY = ("body", "mind", "heart")
#: Presses so close together are one.
_SAME_PRESS = timedelta(seconds=2)
#: More moments than this are a finger that rests on the key.
MOST_MOMENTS = 60

_CHOSEN = dict.fromkeys(BODY, PrivateNote.Arrived.values)
_CHOSEN |= {"became": PrivateNote.Became.values, "taken": PrivateNote.Taken.values}
_TYPED = {"intention": LINE, "words": LONGEST, "moved": LINE}


@dataclass(frozen=True)
class Hour:
    """About which hour is written."""

    appointment: UUID
    episode: UUID


def write_note(hour: Hour, *, said: Mapping[str, str], seen: int, by: Viewer, at: datetime) -> None:
    """Keep what was said of one's own; what `said` does not name stays. It folds away so many `days` from now.

    `seen`: the revision that stood on the page, 0 where there was none. `Refused` by field; `Conflict` where another
    window has written since, and nothing is kept.
    """
    fields = _fields(said)
    days = _days(said.get("days", ""))
    with unit() as record:
        found = _mine(hour, by=by, at=at)
        if found is not None and all((getattr(found, key) or "") == text for key, text in fields.items()):
            if days in (None, found.days):
                return  # pressed twice, or nothing changed
        elif found is None and seen:
            raise Conflict("This note was deleted meanwhile, or its time was over. Pressing again begins it anew.")
        elif (found.revision if found else 0) != seen:
            raise Conflict("You have written here in another window meanwhile.")
        if found is None and not any(fields.values()):
            return
        note = found or _new(hour, by=by, at=at)
        for key, text in fields.items():
            setattr(note, key, text)
        note.revision += 1
        if days:
            Keeping.objects.update_or_create(author_id=by.me, defaults={"days": days})
        _keep(note, days or note.days, at=at)
        _note_event(record, "note.written", note, by=by, at=at)


def keep_moment(hour: Hour, *, by: Viewer, at: datetime) -> None:
    """Now is a moment to come back to. Two presses at once are one.

    An event tells that a note was begun; moments leave none, or the audit would keep for good what folds away.
    """
    with unit() as record:
        note = _mine(hour, by=by, at=at)
        kept = list(note.moments.order_by("-at").values_list("at", flat=True)) if note else []
        if kept and at - kept[0] < _SAME_PRESS:
            return
        if len(kept) >= MOST_MOMENTS:
            raise Conflict("This hour has as many moments as a page holds.")
        if note is None:
            note = _new(hour, by=by, at=at)
            _note_event(record, "note.written", note, by=by, at=at)
        _keep(note, note.days, at=at)
        Moment.objects.create(note=note, at=at)


def fold_note(note_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Delete one's own note now, whatever has become of the work. Where there is none, nothing happens."""
    with unit() as record:
        note = PrivateNote.objects.select_for_update().filter(pk=note_id, author=by.me).first()
        if note is not None:
            _note_event(record, "note.folded", note, by=by, at=at)
            note.delete()


def fold_notes(*, at: datetime) -> None:
    """Delete every note whose time is over: asked by the worker, and whenever one is written."""
    over = PrivateNote.objects.filter(folds_at__lte=at).only("id", "episode")
    if not over.exists():
        return
    with unit() as record:
        folding = list(over.select_for_update(skip_locked=True))  # one that is written to at this moment stays
        for note in folding:
            _note_event(record, "note.folded", note, by=MACHINE, at=at)
        PrivateNote.objects.filter(pk__in=[note.pk for note in folding]).delete()


def _mine(hour: Hour, *, by: Viewer, at: datetime) -> PrivateNote | None:
    """One's own note of this hour. Whoever else would write as the same person waits until this is done."""
    Person.objects.select_for_update().get(pk=by.me)
    fold_notes(at=at)
    return PrivateNote.objects.filter(appointment=hour.appointment, author=by.me).first()


def _new(hour: Hour, *, by: Viewer, at: datetime) -> PrivateNote:
    days = get_days(by)
    return PrivateNote(
        appointment_id=hour.appointment, episode_id=hour.episode, author_id=by.me, days=days, written_at=at
    )


def _keep(note: PrivateNote, days: int, *, at: datetime) -> None:
    note.days, note.written_at, note.folds_at = days, at, at + timedelta(days=days)
    note.save()


def _note_event(record: Record, verb: str, note: PrivateNote, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=note.id, subject_kind="private-note", episode=note.episode_id)


def _fields(said: Mapping[str, str]) -> dict[str, str]:
    """Each field that was sent, as it is stored. A browser counts a new line as one sign and sends it as two."""
    said = {key: text.replace("\r\n", "\n") for key, text in said.items()}
    errors = {
        key: "Choose one of these, or none." for key, ones in _CHOSEN.items() if said.get(key, "") not in ("", *ones)
    }
    errors |= {key: f"At most {most} letters." for key, most in _TYPED.items() if len(said.get(key, "")) > most}
    if errors:
        raise Refused("This was not kept.", errors)
    fields = {key: said[key].strip() for key in ("became", "taken", *_TYPED) if key in said}
    if any(key in said for key in BODY):
        fields["arrived"] = " ".join(f"{key}:{said[key]}" for key in BODY if said.get(key))
    return fields


def _days(sent: str) -> int | None:
    if sent and sent not in map(str, DAYS):
        raise Refused("This was not kept.", {"days": "Choose one of these."})
    return int(sent) if sent else None
