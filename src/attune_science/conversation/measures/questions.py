"""Questions, and open invitations: what asks a client to tell in their own words."""

from collections.abc import Iterable, Iterator
from typing import Final

from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.rules import rulebook
from attune_science.conversation.transcript import Turn
from attune_science.conversation.words import count_questions

OPEN_INVITATION: Final = "open-invitation"


def count_asked(turns: Iterable[Turn]) -> int:
    """How many questions some turns hold: sentences that end in a question mark.

    Parameters
    ----------
    turns
        Those of one role, or of one speaker.

    Returns
    -------
    int
        0 or more. Ask `words.is_punctuated` first: where nobody wrote marks, 0 means nothing.

    Limits
    ------
    What is asked without a mark (“Tell me more.”) is no question here; what the transcriber left unmarked is missed.
    """
    return sum(count_questions(turn.text) for turn in turns)


def find_invitations(turns: Iterable[Turn]) -> Iterator[Finding]:
    """Where somebody is invited to tell in their own words: “What was that like?”, “Tell me more about him.”

    Parameters
    ----------
    turns
        Those of the therapists, in English, with punctuation.

    Returns
    -------
    Iterator of Finding
        One a sentence at most, from the word that asks to the end of the sentence.

    Limits
    ------
    Rules over forms: beside the codes of experts nine in ten of those found were open questions, and somewhat more than
    half of all open questions were found. Whether the client took it as an invitation is not known. Not found are
    questions of “why”, which can be heard as a charge, proposals (“How about …”, “What if …”), a bare “How are you?”,
    and what asks for a fact (“What time …”, “How many …”). What is quoted, told of somebody else or taken back does
    not count.

    References
    ----------
    attune-annomi, unc-open-questions, oars-open-questions, attune; rule by rule in open-invitation.toml

    Example
    -------
    >>> from attune_science.conversation.transcript import Line, make_transcript
    >>> said = make_transcript([Line("T", "I see. And what was that like for you?")], "labelled")
    >>> [(one.start, one.end, one.rule) for one in find_invitations(said.turns)]
    [(11, 38, 'what')]
    """
    for turn in turns:
        yield from rulebook(OPEN_INVITATION).find(turn)
