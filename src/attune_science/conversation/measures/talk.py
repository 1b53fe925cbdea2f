"""Who speaks how much: turns, words, shares, the longest stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Talk:
    """How much somebody speaks.

    Parameters
    ----------
    turns, words
        How many.
    share
        Of all words in the conversation, 0 to 1; None where there are none at all.
    mean_words, median_words
        Words a turn; None without a turn.
    longest_words, longest_turn
        The longest turn in words, and which of their turns it is, from 0; None without a turn.
    """

    turns: int
    words: int
    share: float | None
    mean_words: float | None
    median_words: float | None
    longest_words: int
    longest_turn: int | None


def measure_talk(lengths: Sequence[int], whole: int) -> Talk:
    """How much somebody speaks, from the lengths of their turns.

    Parameters
    ----------
    lengths
        Words in each of their turns, in order.
    whole
        Words in the conversation, everybody's.

    Limits
    ------
    Words, not seconds: a slow speaker has a smaller share here than by the clock. No share is good or bad by itself.

    Example
    -------
    >>> measure_talk([2, 10, 3], 60)
    Talk(turns=3, words=15, share=0.25, mean_words=5.0, median_words=3.0, longest_words=10, longest_turn=1)
    """
    words, longest = sum(lengths), max(lengths, default=0)
    return Talk(
        len(lengths),
        words,
        words / whole if whole else None,
        words / len(lengths) if lengths else None,
        float(median(lengths)) if lengths else None,
        longest,
        lengths.index(longest) if lengths else None,
    )
