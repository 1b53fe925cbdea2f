"""One analysed transcript for people: a page of text with short quotations and line numbers."""

from collections.abc import Iterator
from pathlib import Path

from attune_science.conversation.analysis import Analysis, RoleMeasures
from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.feedback import FEEDBACK_ASKED
from attune_science.conversation.measures.questions import OPEN_INVITATION
from attune_science.conversation.measures.style import Style
from attune_science.conversation.measures.timing import Timing
from attune_science.conversation.transcript import Transcript

#: Longest quotation in characters, and how many of a kind are shown.
QUOTED, SHOWN = 80, 12

_CANNOT_TELL = (
    "What this cannot tell: how the client felt, and how good the work was. Language predicts the client's own rating "
    "of the work by a rank correlation of .15 [goldberg2020]: ask them. No figure here is good or bad by itself."
)
_STYLE = "It describes, and is no mark: it says nothing about how good the session was."


def report(path: Path, transcript: Transcript, found: Analysis) -> str:
    """The page."""
    lines = [
        f"{path.name} ({transcript.format}): {len(transcript.utterances)} lines, {len(transcript.turns)} turns",
        *(f"Look first: {warning}" for warning in found.roles.warnings),
        *(["Who is who is said with --role NAME=therapist."] if found.roles.warnings else []),
        *(f"Note: {note}" for note in found.notes),
        "",
        "Who speaks how much",
        *_talk(found),
        "",
        "Questions and open invitations",
        *_asked(transcript, found),
        "",
        "Feedback asked for",
        *_feedback(transcript, found),
        "",
        "Timing",
        *_timing(found.timing),
        "",
        "Language style matching",
        *_style(found.style),
        "",
        _CANNOT_TELL,
    ]
    return "\n".join(lines)


def _talk(found: Analysis) -> Iterator[str]:
    for one in found.measures:
        who = ", ".join(name or "no name" for name, role in found.roles.by_speaker.items() if role == one.role)
        yield f"  {one.role} ({who}): {_share(one)}{one.words} words in {_count(one.turns, 'turn')}"
        if one.words_a_turn is not None and one.median_words_a_turn is not None:
            yield (
                f"    {one.words_a_turn:.1f} words a turn (median {one.median_words_a_turn:g}); "
                f"longest {one.longest_words}, from line {one.longest_from + 1}"
            )


def _share(one: RoleMeasures) -> str:
    return "" if one.talk_share is None else f"{one.talk_share:.1%} of the words, "


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _asked(transcript: Transcript, found: Analysis) -> Iterator[str]:
    for one in found.measures:
        if one.questions is not None:
            yield f"  {one.role}: {_count(one.questions, 'question')}"
        if one.open_invitations is not None:
            yield f"  {one.role}: {_count(one.open_invitations, 'open invitation')}"
    yield from _places(transcript, [one for one in found.findings if one.code == OPEN_INVITATION])
    if found.findings_reason:
        yield f"  Not looked for: {found.findings_reason}"


def _feedback(transcript: Transcript, found: Analysis) -> Iterator[str]:
    places = [one for one in found.findings if one.code == FEEDBACK_ASKED]
    if found.findings_reason:
        yield f"  Not looked for: {found.findings_reason}"
    elif not places:
        yield "  No rule found any."
    yield from _places(transcript, places)


def _places(transcript: Transcript, found: list[Finding]) -> Iterator[str]:
    for one in found[:SHOWN]:
        said = transcript.utterances[one.utterance].text[one.start : one.end]
        short = said if len(said) <= QUOTED else f"{said[: QUOTED - 1].rstrip()}…"
        yield f"    line {one.utterance + 1}: “{short}” [{one.rule}]"
    if len(found) > SHOWN:
        yield f"    and {len(found) - SHOWN} more; --json has all of them"


def _timing(timing: Timing) -> Iterator[str]:
    if timing.seconds is None:
        yield f"  None. {timing.reason}"
        return
    yield f"  {timing.seconds / 60:.1f} minutes; {_count(len(timing.silences), 'silence')} of 3 seconds or more"
    for role, pace in timing.paces:
        answer = "answers nobody" if pace.latency is None else f"answers after {pace.latency:.1f} s (median)"
        yield (
            f"  {role}: {answer}; {_count(pace.interruptions, 'interruption')}; "
            f"{_count(pace.pauses, 'pause')} of 1 second or more inside turns; ends {pace.silences_ended} silences"
        )


def _style(style: Style) -> Iterator[str]:
    if style.matching is None or style.expected is None:
        yield f"  None. {style.reason}"
        return
    spread = "" if style.z is None else f", {style.z:+.1f} standard deviations away"
    yield f"  {style.matching:.3f}; the same session shuffled gives {style.expected:.3f}{spread}"
    yield f"  {_STYLE}"
