"""What must hold for any conversation: shares, lines joined, names, and the order in which roles are given."""

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from attune_science.conversation.analysis import Analysis, analyse
from attune_science.conversation.role_labels import ROLES, Role
from attune_science.conversation.roles import assign_roles
from attune_science.conversation.transcript import Line, make_transcript

# The machine may be busy: time is no property of these.
RUN = settings(deadline=None, max_examples=60)

PIECES = st.sampled_from(
    [
        "what",
        "how",
        "was that",
        "tell me more",
        "I was in the house",
        "don't",
        "“yes”",
        "twenty-one",
        "नमस्ते",
        "حال",
        "-",
        "'",
    ]
)
ENDS = st.sampled_from(["", ".", "?", "?!", "...", "?)", ",", "؟", "।", "?x"])
TEXTS = st.lists(st.tuples(PIECES, ENDS).map("".join), min_size=1, max_size=6).map(" ".join)
SPEAKERS = st.sampled_from(["Ben", "Amara", "Farah", "Gil"])
LINES = st.lists(st.builds(Line, SPEAKERS, TEXTS), min_size=1, max_size=25)
GIVEN: dict[str, Role] = {"Ben": "therapist", "Amara": "client", "Farah": "client"}


def measured(lines: list[Line], roles: dict[str, Role] | None = None) -> Analysis:
    transcript = make_transcript(lines, "labelled")
    told = GIVEN if roles is None else roles
    return analyse(
        transcript, assign_roles(transcript, {name: told[name] for name in told if name in transcript.speakers})
    )


def counts(found: Analysis) -> list[tuple[object, ...]]:
    return [(one.role, one.turns, one.words, one.questions, one.open_invitations) for one in found.measures]


@RUN
@given(LINES)
def test_shares_add_to_one(lines: list[Line]) -> None:
    shares = [one.talk_share for one in measured(lines).measures]
    assert None in shares or math.isclose(sum(share or 0 for share in shares), 1)


@RUN
@given(LINES)
def test_lines_of_one_speaker_may_be_joined(lines: list[Line]) -> None:
    joined = lines[:1]
    for line in lines[1:]:
        if line.speaker == joined[-1].speaker:
            joined[-1] = replace(line, text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    assert counts(measured(joined)) == counts(measured(lines))


@RUN
@given(LINES)
def test_names_change_nothing(lines: list[Line]) -> None:
    others = {"Ben": "Chidi", "Amara": "Dana", "Farah": "Eli", "Gil": "Zoe"}
    renamed = [replace(line, speaker=others[line.speaker]) for line in lines]
    one = measured(lines)
    other = measured(renamed, {others[name]: role for name, role in GIVEN.items()})
    assert (one.measures, one.style, one.timing, one.findings) == (
        other.measures,
        other.style,
        other.timing,
        other.findings,
    )


@RUN
@given(LINES, st.permutations(list(GIVEN)))
def test_the_order_of_roles_changes_nothing(lines: list[Line], order: list[str]) -> None:
    found = measured(lines)
    assert measured(lines, {name: GIVEN[name] for name in order}) == found
    assert [one.role for one in found.measures] == sorted((one.role for one in found.measures), key=ROLES.index)


@RUN
@given(LINES)
def test_findings_lie_in_their_line(lines: list[Line]) -> None:
    transcript = make_transcript(lines, "labelled")
    for one in measured(lines).findings:
        assert 0 <= one.start < one.end <= len(transcript.utterances[one.utterance].text)
