"""What may change about a summary: its author drafts it, shows it, and takes it back soon or writes a new version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.care.access.relations import check_can_read_episode, check_can_work_in
from attune.care.summaries.models import Summary
from attune.care.summaries.readers import can_take_back
from attune.people.models import Person
from attune.people.viewers import Viewer

#: Letters of one summary: about three pages.
LONGEST = 6000


@dataclass(frozen=True)
class About:
    """Of which session is told. The row itself is the schedule's."""

    session: UUID
    episode: UUID


def write_summary(about: About, *, text: str, seen: int, by: Viewer, at: datetime) -> None:
    """Keep a draft that its author alone sees.

    `seen`: the revision of the draft that stood on the page, 0 where there was none. `Refused` by field; `Conflict`
    where another window has written since, or the work has ended, and nothing is kept.
    """
    check_can_work_in(by, about.episode, at=at)
    text = _checked(text)
    with unit() as record:
        _draft(about, text, seen, record=record, by=by, at=at)


def release_summary(about: About, *, text: str, seen: int, by: Viewer, at: datetime) -> None:
    """Show it to the clients of the episode, all of them alike. What was shown before stays beside it as it was."""
    check_can_work_in(by, about.episode, at=at)
    text = _checked(text)
    with unit() as record:
        draft = _draft(about, text, seen, record=record, by=by, at=at)
        if draft.version > 1 and _mine(about, by).get(version=draft.version - 1).text == text:
            raise Refused("Nothing was shown.", {"words": "This is what they read already, word for word."})
        draft.released_at = at
        draft.save(update_fields=["released_at"])
        _record(record, "summary.released", draft, by=by, at=at)


def take_back_summary(about: About, *, by: Viewer, at: datetime) -> None:
    """Within ten minutes what was shown is a draft again, and what had been shown before it stands."""
    check_can_read_episode(by, about.episode, at=at)
    with unit() as record:
        _wait(by)
        shown = _mine(about, by).order_by("-version").first()
        if shown is None or shown.released_at is None:
            return
        if not can_take_back(shown, by=by, at=at):
            raise Conflict("This was shown more than ten minutes ago, and stays. A change is a new version beside it.")
        shown.released_at = None
        shown.revision += 1
        shown.save(update_fields=["released_at", "revision"])
        _record(record, "summary.taken-back", shown, by=by, at=at)


def drop_draft(about: About, *, by: Viewer, at: datetime) -> None:
    """Delete one's own draft. Where there is none, nothing happens; what was shown stays."""
    check_can_read_episode(by, about.episode, at=at)
    with unit() as record:
        _wait(by)
        draft = _mine(about, by).filter(released_at=None).first()
        if draft is not None:
            _record(record, "summary.dropped", draft, by=by, at=at)
            draft.delete()


def _draft(about: About, text: str, seen: int, *, record: Record, by: Viewer, at: datetime) -> Summary:
    """The draft with this text: the one that is there, or a new version."""
    _wait(by)
    last = _mine(about, by).order_by("-version").first()
    draft = last if last is not None and last.released_at is None else None
    if draft is not None and draft.text == text:
        return draft  # pressed twice, or nothing changed
    if (draft.revision if draft else 0) != seen:
        raise Conflict("You have written here in another window meanwhile, or deleted the draft there.")
    if draft is None:
        version = last.version + 1 if last is not None else 1
        draft = Summary(session_id=about.session, episode_id=about.episode, author_id=by.me, version=version)
    draft.text, draft.written_at = text, at
    draft.revision += 1
    draft.save()
    _record(record, "summary.written", draft, by=by, at=at)
    return draft


def _mine(about: About, by: Viewer) -> QuerySet[Summary]:
    return Summary.objects.filter(session=about.session, author=by.me)


def _wait(by: Viewer) -> None:
    """Whoever else would write as the same person waits until this is done."""
    Person.objects.select_for_update().get(pk=by.me)


def _checked(text: str) -> str:
    """As it is stored: a browser counts a new line as one sign and sends it as two."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("Nothing was kept.", {"words": "Write something first, or delete the draft."})
    if len(text) > LONGEST:
        raise Refused("Nothing was kept.", {"words": f"At most {LONGEST} letters; these are {len(text)}."})
    return text


def _record(record: Record, verb: str, summary: Summary, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=summary.id, subject_kind="summary", episode=summary.episode_id)
