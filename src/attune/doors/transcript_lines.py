"""The text of a transcript, line by line, with what stands beside each line in the margin."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from attune.doors.transcript_sentences import KINDS, ROLES
from attune.insight.transcript_page import FindingShown, LineShown, TranscriptPage
from attune.pages.components.talk import Said, talk
from attune.transcripts.models import Finding


@dataclass(frozen=True)
class Beside:
    """One finding in the margin. `about` tells it from the others by ear; `person`: the client who
    contested it themselves; `following`: the line of the next one.
    """

    id: UUID
    name: str
    about: str
    sentence: str
    contested: bool
    person: UUID | None
    following: int | None
    following_about: str


@dataclass(frozen=True)
class Line:
    """One line: its number as people count, whose it is, the words, and what stands beside them."""

    number: int
    kind: str
    said: SafeString
    beside: list[Beside]


def lines(page: TranscriptPage) -> Iterator[Line]:
    """Every line in order."""
    roles = {key: str(word) for key, word in ROLES.items()}
    for one in page.lines:
        kind = ("turn opens" if one.opens else "turn") + (f" of-{one.role}" if one.role != "other" else "")
        yield Line(one.number, kind, talk(_said(one, roles)), [_beside(shown) for shown in one.findings])


def _said(one: LineShown, roles: dict[str, str]) -> Said:
    said, silence = one.utterance, one.silence
    return Said(
        said.text,
        one.spans,
        (said.speaker or "–") if one.opens else "",
        roles[one.role],
        clock(said.start) if said.start is not None else "",
        gettext("a silence of %(n)s seconds") % {"n": round(silence)} if silence else "",
    )


def clock(seconds: float) -> str:
    """75.2 seconds as 1:15, with hours where there are some."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def _beside(shown: FindingShown) -> Beside:
    one, following = shown.finding, shown.following
    return Beside(
        one.id,
        _name(one),
        _about(one),
        _sentence(one),
        one.contested_at is not None,
        one.contested_person_id,
        following.utterance + 1 if following else None,
        _about(following) if following else "",
    )


def _name(one: Finding) -> str:
    return str(KINDS[one.code].name) if one.code in KINDS else one.code.replace("-", " ").capitalize()


def _about(one: Finding) -> str:
    return gettext("%(practice)s, line %(n)s") % {"practice": _name(one), "n": one.utterance + 1}


def _sentence(one: Finding) -> str:
    if one.contested_by == Finding.Whose.CLIENT:
        return gettext("Not so, at the client’s word. It counts nowhere.")
    if one.contested_by:
        return gettext("Not so, at a therapist’s word. It counts nowhere.")
    rule = {"n": one.utterance + 1, "rule": one.rule, "version": one.version}
    return gettext("line %(n)s · rule “%(rule)s”, version %(version)s") % rule
