"""Public transcripts, where they lie beside the repository: the same turns, words and questions in every format."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.transcripts import WRITERS, timed, what_was_said

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.formats.clock import seconds
from attune_science.conversation.transcript import TranscriptRefused, make_transcript
from attune_science.conversation.words import count_words

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
MIBOT = DATA / "mibot" / "transcripts"
ANNOMI = DATA / "annomi" / "AnnoMI-dev.csv"


def _mibot() -> Iterator[list[tuple[str, str]]]:
    for path in sorted(MIBOT.glob("*.json")):
        whole = json.loads(path.read_text("utf-8"))
        yield [(one["speaker"], one["text"]) for one in whole["utterances"] if one["text"].strip()]


def _annomi() -> Iterator[list[dict[str, str]]]:
    """The rows of each session, one an utterance: a session may be there once for every annotator."""
    sessions: dict[str, dict[str, dict[str, str]]] = {}
    with ANNOMI.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sessions.setdefault(row["transcript_id"], {}).setdefault(row["utterance_id"], row)
    for session in sessions.values():
        yield list(session.values())


def _same_everywhere(said: list[tuple[str, str]]) -> None:
    lines = timed(said)
    expected = what_was_said(make_transcript(lines, "expected"))
    for ending, write in WRITERS.items():
        found = read_transcript(write(lines), f"session.{ending}")
        assert what_was_said(found) == expected, ending
        counts = {name: 0 for name in found.speakers}
        for one in found.utterances:
            counts[one.speaker] += count_words(one.text)
        assert sum(count / sum(counts.values()) for count in counts.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.skipif(not MIBOT.is_dir(), reason="the MIBOT transcripts are not beside the repository (../shared/data)")
def test_every_mibot_transcript_is_the_same_in_every_format() -> None:
    sessions = list(_mibot())
    assert len(sessions) == 76
    for said in sessions:
        _same_everywhere(said)


@pytest.mark.skipif(not ANNOMI.is_file(), reason="AnnoMI-dev.csv is not beside the repository (../shared/data)")
def test_every_annomi_session_is_the_same_in_every_format() -> None:
    sessions = list(_annomi())
    assert len(sessions) > 100
    for rows in sessions:
        _same_everywhere([(row["interlocutor"], row["utterance_text"]) for row in rows])


@pytest.mark.skipif(not ANNOMI.is_file(), reason="AnnoMI-dev.csv is not beside the repository (../shared/data)")
def test_a_session_of_annomi_is_read_by_its_own_columns(tmp_path: Path) -> None:
    """A few hold time stamps that run backward and are refused; one that is no time leaves all of them out."""
    refused = 0
    for rows in _annomi():
        path = tmp_path / "session.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        stamps = [row["timestamp"] for row in rows]
        if stamps != sorted(stamps):
            refused += 1
            with pytest.raises(TranscriptRefused, match="backward"):
                read_transcript(path.read_bytes(), path.name)
            continue
        found = read_transcript(path.read_bytes(), path.name)
        expected = timed([(row["interlocutor"], row["utterance_text"]) for row in rows])
        assert what_was_said(found) == what_was_said(make_transcript(expected, "expected"))
        unreadable = any(seconds(stamp) is None for stamp in stamps)
        assert all((one.start is None) is unreadable for one in found.utterances)
        assert bool(found.notes) is unreadable
    assert 0 < refused < 10
