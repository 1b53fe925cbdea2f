"""Feedback asked for: where a therapist asks what the client makes of the work itself."""

from collections.abc import Iterable, Iterator
from typing import Final

from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.rules import rulebook
from attune_science.conversation.transcript import Turn

FEEDBACK_ASKED: Final = "feedback-asked"


def find_feedback_asked(turns: Iterable[Turn]) -> Iterator[Finding]:
    """Where a therapist asks how the work itself is for the client: “How was this for you today?”

    Parameters
    ----------
    turns
        Those of the therapists, in English, with punctuation.

    Returns
    -------
    Iterator of Finding
        One a sentence at most, from the words that ask to the end of the sentence.

    Limits
    ------
    That it was asked; never what came of it. Unusual wordings are missed; “How was this for you?” said of something
    else is taken for it. What is quoted, told of somebody else or taken back does not count.

    References
    ----------
    attune-guide, attune; rule by rule in feedback-asked.toml

    Example
    -------
    >>> from attune_science.conversation.transcript import Line, make_transcript
    >>> said = make_transcript([Line("T", "Before we stop: how was this for you today?")], "labelled")
    >>> [(one.start, one.end, one.rule) for one in find_feedback_asked(said.turns)]
    [(16, 43, 'how-was-this')]
    """
    for turn in turns:
        yield from rulebook(FEEDBACK_ASKED).find(turn)
