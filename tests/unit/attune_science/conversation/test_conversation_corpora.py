"""Every session of two research sets, where they lie beside the repository: measured without a fault."""

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from attune_science.conversation.analysis import analyse
from attune_science.conversation.roles import assign_roles
from attune_science.conversation.transcript import Line, make_transcript

DATA = Path(__file__).parents[5] / "shared" / "data"
MIBOT = sorted((DATA / "mibot" / "transcripts").glob("*.json"))
ANNOMI = DATA / "annomi" / "AnnoMI-dev.csv"


def mibot() -> Iterator[list[Line]]:
    for path in MIBOT:
        told = json.loads(path.read_text("utf-8"))["utterances"]
        yield [Line(one["speaker"], one["text"]) for one in told]


def annomi() -> Iterator[list[Line]]:
    sessions: dict[str, dict[int, Line]] = {}
    with ANNOMI.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            session = sessions.setdefault(row["transcript_id"], {})
            session.setdefault(int(row["utterance_id"]), Line(row["interlocutor"], row["utterance_text"]))
    for session in sessions.values():
        yield [line for _, line in sorted(session.items())]


@pytest.mark.skipif(not MIBOT, reason="the MIBOT transcripts do not lie beside the repository")
def test_mibot() -> None:
    assert measure(mibot(), {"counsellor": "therapist", "client": "client"}) == len(MIBOT)


@pytest.mark.skipif(not ANNOMI.is_file(), reason="AnnoMI-dev.csv does not lie beside the repository")
def test_annomi() -> None:
    assert measure(annomi(), {"therapist": "therapist", "client": "client"}) == 105


def measure(sessions: Iterator[list[Line]], roles: dict[str, str]) -> int:
    count = 0
    for lines in sessions:
        count += 1
        transcript = make_transcript(lines, "table")
        assigned = assign_roles(transcript, {})
        assert dict(assigned.by_speaker) == {speaker: roles[speaker] for speaker in transcript.speakers}
        found = analyse(transcript, assigned)
        assert math.isclose(sum(one.talk_share or 0 for one in found.measures), 1)
        assert found.findings_reason is None
        assert sum(one.turns for one in found.measures) == len(transcript.turns)
    return count
