"""A transcript measured: everything that is counted in one conversation, with what could not be told and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.feedback import find_feedback_asked
from attune_science.conversation.measures.function_words import count_known, pack
from attune_science.conversation.measures.questions import OPEN_INVITATION, count_asked, find_invitations
from attune_science.conversation.measures.style import Spoken, Style, measure_style
from attune_science.conversation.measures.talk import measure_talk
from attune_science.conversation.measures.timing import Timing, measure_timing
from attune_science.conversation.roles import ROLES, Role, Roles
from attune_science.conversation.transcript import Transcript, Turn
from attune_science.conversation.words import is_punctuated, words

#: Changes whenever the same file could give another figure.
VERSION: Final = "1"
#: At least so many words in a hundred carry grammar in what is English (attune).
ENGLISH_FROM: Final = 40

NOT_ENGLISH: Final = "This needs English; word lists and rules for other languages are not there yet."
NOT_PUNCTUATED: Final = "This transcript has no punctuation, so a question cannot be told."
NO_THERAPIST: Final = "Nobody here is known to be the therapist."
NO_PAIR: Final = "It takes a therapist and a client to compare their style."
ONLY_THERAPISTS: Final = "Open invitations are looked for in what the therapist says alone."


@dataclass(frozen=True)
class RoleMeasures:
    """How much one role speaks and asks, all its speakers together.

    Parameters
    ----------
    role
        `therapist`, `client` or `other`.
    turns, words
        How many.
    questions, open_invitations
        How many; None where `reason` says why not.
    reason
        Why one of them is None; None when both are there.
    talk_share
        Of all words, 0 to 1; None where there are no words at all. The shares of all roles add to 1.
    words_a_turn, median_words_a_turn
        None without words.
    longest_words, longest_from
        The longest turn in words, and the number of the utterance with which it begins.
    """

    role: Role
    turns: int
    words: int
    questions: int | None
    open_invitations: int | None
    reason: str | None
    talk_share: float | None
    words_a_turn: float | None
    median_words_a_turn: float | None
    longest_words: int
    longest_from: int


@dataclass(frozen=True)
class Analysis:
    """One conversation, measured.

    Parameters
    ----------
    roles
        Who has which role, and what to look at first.
    measures
        A line a role that somebody has, therapists first.
    timing, style
        Each with its reason where there is nothing.
    findings
        Where a rule fired, in the order of the transcript.
    findings_reason
        Why no rule was tried; None when they were.
    notes
        What to know of the file.
    """

    roles: Roles
    measures: tuple[RoleMeasures, ...]
    timing: Timing
    style: Style
    findings: tuple[Finding, ...]
    findings_reason: str | None
    notes: tuple[str, ...]

    def of(self, role: Role) -> RoleMeasures | None:
        """The line of a role; None where nobody has it."""
        return next((one for one in self.measures if one.role == role), None)


@dataclass(frozen=True)
class _Counted:
    """A turn with its role, and its words in small letters."""

    turn: Turn
    role: Role
    words: tuple[str, ...]


def analyse(transcript: Transcript, roles: Roles) -> Analysis:
    """Measure a conversation.

    Parameters
    ----------
    transcript
        As `formats.read_file` has it.
    roles
        As `assign_roles` has them; a role for every speaker.

    Returns
    -------
    Analysis
        The same transcript and roles give the same, always.

    Limits
    ------
    It says which practices were used, and where. How the client felt, and how good the work was, cannot be read off a
    transcript: language predicts the client's own rating by a rank correlation of .15 (goldberg2020).

    References
    ----------
    goldberg2020, and those of each measure

    Example
    -------
    >>> from attune_science.conversation.roles import assign_roles
    >>> from attune_science.conversation.transcript import Line, make_transcript
    >>> said = make_transcript([Line("T", "How was it?"), Line("C", "Hard. It was very hard, really.")], "labelled")
    >>> found = analyse(said, assign_roles(said, {}))
    >>> [(one.role, one.words, one.questions, one.talk_share) for one in found.measures]
    [('therapist', 3, 1, 0.3333333333333333), ('client', 6, 0, 0.6666666666666666)]
    """
    counted = [
        _Counted(turn, roles.by_speaker[turn.speaker], tuple(words(_small(turn.text)))) for turn in transcript.turns
    ]
    asked_how = is_punctuated(turn.text for turn in transcript.turns)
    in_english = _is_english(counted)
    reason = _why_no_rules(counted, in_english, asked_how)
    findings = () if reason else tuple(_find(counted))
    return Analysis(
        roles,
        tuple(_measures(counted, findings, reason, asked_how)),
        measure_timing(transcript, roles.by_speaker),
        _style(counted, in_english),
        findings,
        reason,
        transcript.notes,
    )


def english(transcript: Transcript) -> bool:
    """Whether a conversation is in English: at least 40 words in a hundred carry grammar, by our lists."""
    written = [word for turn in transcript.turns for word in words(_small(turn.text))]
    return _enough(count_known(written), len(written))


def _small(text: str) -> str:
    return text.lower().replace("\u2019", "'")


def _is_english(counted: list[_Counted]) -> bool:
    return _enough(sum(count_known(one.words) for one in counted), sum(len(one.words) for one in counted))


def _enough(known: int, written: int) -> bool:
    return written > 0 and known * 100 >= ENGLISH_FROM * written


def _why_no_rules(counted: list[_Counted], in_english: bool, asked_how: bool) -> str | None:
    if not in_english:
        return NOT_ENGLISH
    if not asked_how:
        return NOT_PUNCTUATED
    return None if any(one.role == "therapist" for one in counted) else NO_THERAPIST


def _find(counted: list[_Counted]) -> Iterator[Finding]:
    for one in counted:
        if one.role == "therapist":
            yield from sorted([*find_invitations([one.turn]), *find_feedback_asked([one.turn])], key=_where)


def _where(finding: Finding) -> tuple[int, int, str]:
    return finding.utterance, finding.start, finding.code


def _measures(
    counted: list[_Counted], findings: tuple[Finding, ...], reason: str | None, asked_how: bool
) -> Iterator[RoleMeasures]:
    whole = sum(len(one.words) for one in counted)
    invitations = sum(finding.code == OPEN_INVITATION for finding in findings)
    for role in ROLES:
        theirs = [one for one in counted if one.role == role]
        if not theirs:
            continue
        talk = measure_talk([len(one.words) for one in theirs], whole)
        missing = reason if role == "therapist" else ONLY_THERAPISTS
        yield RoleMeasures(
            role,
            talk.turns,
            talk.words,
            count_asked(one.turn for one in theirs) if asked_how else None,
            invitations if missing is None else None,
            missing if asked_how else NOT_PUNCTUATED,
            talk.share,
            talk.mean_words,
            talk.median_words,
            talk.longest_words,
            theirs[talk.longest_turn or 0].turn.utterances[0].number,
        )


def _style(counted: list[_Counted], in_english: bool) -> Style:
    if not in_english:
        return Style(None, reason=NOT_ENGLISH)
    pair = [one for one in counted if one.role != "other"]
    if len({one.role for one in pair}) < 2:
        return Style(None, reason=NO_PAIR)
    return measure_style(Spoken(one.role == "therapist", len(one.words), pack(one.words)) for one in pair)
