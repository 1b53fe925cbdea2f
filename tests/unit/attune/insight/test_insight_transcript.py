"""What a transcript brings to the brief, and what its page costs."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from support.cast import NOW, Cast, make_cast
from support.sessions_told import long_session, transcribed, vtt, yesterdays_session

from attune.insight.evidence import evidence_of, get_material
from attune.insight.transcript_page import get_transcript_page
from attune.practices.evidence import Spoken
from attune.practices.lenses import read_all
from attune.transcripts.actions import contest, set_roles
from attune.transcripts.consented import withdraw_transcript
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import keyring

GERMAN = (("Ben", "Wie war die Woche für Sie?"), ("Amara", "Ruhig, ich habe viel geschlafen und war am See.")) * 10


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()


def spoken(cast: Cast) -> Spoken | None:
    """What the evidence holds of the session held last."""
    found = get_material(cast.ben, cast.amara.episode)
    last = evidence_of(found, found.people[0], at=NOW).last
    assert last is not None
    return last.spoken


def kept(cast: Cast, data: bytes | None = None) -> Transcript:
    return transcribed(yesterdays_session(cast.amara, by=cast.ben).id, by=cast.ben, at=NOW, data=data)


def test_without_a_transcript_there_is_nothing(cast: Cast) -> None:
    yesterdays_session(cast.amara, by=cast.ben)
    assert spoken(cast) is None


def test_the_lines_of_what_stands(cast: Cast) -> None:
    kept(cast)
    assert spoken(cast) == Spoken(invitations=(1, 5, 10), feedback=(10,))


def test_what_is_contested_is_not_told(cast: Cast) -> None:
    for finding in Finding.objects.filter(transcript=kept(cast), utterance__in=(0, 9)):
        contest(finding, at_word_of="client", by=cast.ben, at=NOW)
    assert spoken(cast) == Spoken(invitations=(5,), feedback=())


def test_what_is_withdrawn_is_not_told(cast: Cast) -> None:
    withdraw_transcript(kept(cast).id, by=cast.ben, at=NOW)
    assert spoken(cast) is None


def test_another_language_is_unknown_and_not_none(cast: Cast) -> None:
    kept(cast, vtt(GERMAN))
    assert spoken(cast) == Spoken(invitations=None, feedback=None)


def test_without_a_therapist_nothing_is_told(cast: Cast) -> None:
    set_roles(kept(cast), roles={"Ben": "other", "Amara": "client"}, by=cast.ben, at=NOW)
    assert spoken(cast) == Spoken(invitations=None, feedback=None)


def test_only_the_session_held_last_is_told(cast: Cast) -> None:
    transcribed(yesterdays_session(cast.amara, by=cast.ben, ago=8).id, by=cast.ben, at=NOW)
    yesterdays_session(cast.amara, by=cast.ben)
    assert spoken(cast) is None


def test_the_brief_rests_on_the_record(cast: Cast) -> None:
    """From the file to the sentences, through real rows."""
    for ago in range(30, 1, -7):
        yesterdays_session(cast.amara, by=cast.ben, ago=ago)
    session = yesterdays_session(cast.amara, by=cast.ben)
    transcribed(session.id, by=cast.ben, at=NOW)
    found = get_material(cast.ben, cast.amara.episode)
    told = {one.practice: one for one in read_all(evidence_of(found, found.people[0], at=NOW))}
    assert str(told["feedback"].sentences[0]) == (
        f"In session {session.number} you asked how the work is, at line 10 of the transcript."
    )
    assert str(told["collaboration"].sentences[0]) == (
        f"In session {session.number} you asked openly 3 times, at line 1, line 5, line 10 of the transcript."
    )


def test_many_findings_cost_no_more_queries(cast: Cast) -> None:
    asked, shown = [], []
    for ago, lines in ((8, 12), (1, 600)):
        session = yesterdays_session(cast.amara, by=cast.ben, ago=ago)
        transcript = transcribed(session.id, by=cast.ben, at=NOW, data=long_session(lines))
        watched = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault")]
        with watched[0], watched[1]:
            page = get_transcript_page(cast.ben, transcript.id, at=NOW)
            shown.append(sum(len(line.findings) for line in page.lines))
            assert page.practices
        asked.append([len(one) for one in watched])
    assert shown == [4, 200]
    assert asked[0] == asked[1]
