"""One analysed transcript for programs: plain data, numbers unrounded, null with its reason."""

from attune_science.conversation.analysis import VERSION, Analysis, RoleMeasures
from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.style import Style
from attune_science.conversation.measures.timing import Timing
from attune_science.conversation.transcript import Transcript

Data = dict[str, object]


def analysed(name: str, transcript: Transcript, found: Analysis) -> Data:
    """Everything that was measured, without a word of what was said."""
    return {
        "file": name,
        "format": transcript.format,
        "version": VERSION,
        "speakers": dict(found.roles.by_speaker),
        "roles_guessed": found.roles.guessed,
        "warnings": list(found.roles.warnings),
        "notes": list(found.notes),
        "roles": {one.role: role(one) for one in found.measures},
        "timing": timing(found.timing),
        "style": style(found.style),
        "findings": [finding(one) for one in found.findings],
        "findings_reason": found.findings_reason,
    }


def role(one: RoleMeasures) -> Data:
    """One role's measures."""
    return {
        "turns": one.turns,
        "words": one.words,
        "talk_share": one.talk_share,
        "words_a_turn": one.words_a_turn,
        "median_words_a_turn": one.median_words_a_turn,
        "longest_words": one.longest_words,
        "longest_from": one.longest_from,
        "questions": one.questions,
        "open_invitations": one.open_invitations,
        "reason": one.reason,
    }


def timing(one: Timing) -> Data:
    """The times, or why there are none."""
    return {
        "seconds": one.seconds,
        "roles": {
            name: {
                "pauses": pace.pauses,
                "pause_seconds": pace.pause_seconds,
                "latency": pace.latency,
                "interruptions": pace.interruptions,
                "silences_ended": pace.silences_ended,
            }
            for name, pace in one.paces
        },
        "silences": [{"after": silence.after, "seconds": silence.seconds} for silence in one.silences],
        "reason": one.reason,
    }


def style(one: Style) -> Data:
    """Language style matching, or why there is none."""
    return {
        "matching": one.matching,
        "expected": one.expected,
        "z": one.z,
        "percentile": one.percentile,
        "reason": one.reason,
    }


def finding(one: Finding) -> Data:
    """One place at which a rule fired."""
    return {
        "utterance": one.utterance,
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "rule": one.rule,
        "version": one.version,
    }
