"""Language style matching: how alike two voices are in the words that carry grammar; described, never judged."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, stdev
from typing import Final

from attune_science.conversation.measures.function_words import pack, unpack

#: How often the session is dealt out anew, into how many pieces it is cut, and from where chance begins (attune).
SHUFFLES, PIECES, SEED = 99, 40, 20_261_125
#: Fewer words than this on one side, and chance rules the figure (attune).
LEAST_WORDS: Final = 100

# As published: it keeps a class that nobody uses from dividing by nothing.
_NEARLY_NOTHING = 0.0001


@dataclass(frozen=True)
class Style:
    """How alike two voices are, and how alike chance would make them; or why that cannot be told.

    Parameters
    ----------
    matching
        Language style matching, 0 to 1: 1 where both use the nine classes of grammar words alike.
    expected
        What the same session gives when its pieces are dealt out at random, each side as long as it was.
    z
        How many standard deviations of the shuffles the matching lies above what is expected.
    percentile
        Of 100 shuffles, how many match less or as much.
    reason
        Why there is nothing; None when there is.
    """

    matching: float | None
    expected: float | None = None
    z: float | None = None
    percentile: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Spoken:
    """One turn, counted: whose, how many words, and their classes as `function_words.pack` has them."""

    side: bool
    words: int
    packed: int


def style_matching(one: Sequence[str], other: Sequence[str]) -> float:
    """Language style matching of two texts, given as words in small letters.

    Parameters
    ----------
    one, other
        Their words.

    Returns
    -------
    float
        0 to 1: the mean over nine classes of 1 − |p − q| ÷ (p + q + 0.0001), p and q being their percentages.

    Limits
    ------
    Longer texts match more by length alone; see `measure_style`. English only, with our own word lists, so figures
    cannot be compared with those from others' lists.

    References
    ----------
    gonzales2010 (the formula and its nine classes), ireland2011 (used on pairs in conversation)

    Example
    -------
    >>> style_matching("i was in the house".split(), "i was in the house".split())
    1.0
    """
    return _match(unpack(pack(one)), len(one), unpack(pack(other)), len(other))


def measure_style(turns: Iterable[Spoken]) -> Style:
    """How alike two sides of a conversation are, beside what length alone would give.

    Parameters
    ----------
    turns
        In the order in which they were said, those of both sides.

    Returns
    -------
    Style
        Each side's turns are put together into pieces of about a fortieth of the session, and these are dealt out at
        random 99 times, each side getting as many as it had. Seeded: the same session, the same figures.

    Limits
    ------
    A description. It says nothing about how good the work was: in demonstration sessions of motivational
    interviewing it was no lower in those of low quality. Needs 100 words a side.

    References
    ----------
    gonzales2010, ireland2011, attune (pieces, shuffles, least words), attune-annomi
    """
    spoken = tuple(turns)
    words = sum(turn.words for turn in spoken)
    here, there = (_pieces([turn for turn in spoken if turn.side is side], words / PIECES) for side in (True, False))
    if min(_length(here), _length(there)) < LEAST_WORDS:
        return Style(
            None, reason=f"It takes {LEAST_WORDS} words of a therapist and of a client to compare their style."
        )
    matching = _compare(here, there)
    dealt = _deal(here + there, min(len(here), len(there)))
    spread = stdev(dealt)
    below = sum(one <= matching for one in dealt)
    return Style(
        matching,
        mean(dealt),
        (matching - mean(dealt)) / spread if spread else None,
        100 * below / len(dealt),
    )


_Piece = tuple[int, int]


def _pieces(turns: Sequence[Spoken], size: float) -> list[_Piece]:
    """Turns put together until a piece is long enough; what is left over joins the last."""
    pieces: list[_Piece] = []
    words = packed = 0
    for turn in turns:
        words, packed = words + turn.words, packed + turn.packed
        if words >= size:
            pieces.append((words, packed))
            words = packed = 0
    if words and pieces:
        pieces[-1] = (pieces[-1][0] + words, pieces[-1][1] + packed)
    return pieces or [(words, packed)]


def _deal(pieces: list[_Piece], count: int) -> list[float]:
    chance = random.Random(SEED)  # noqa: S311 - the same shuffle every time: no secret
    words, packed = _length(pieces), sum(piece[1] for piece in pieces)
    dealt = []
    for _ in range(SHUFFLES):
        drawn = chance.sample(pieces, count)
        length, counts = _length(drawn), sum(piece[1] for piece in drawn)
        dealt.append(_match(unpack(counts), length, unpack(packed - counts), words - length))
    return dealt


def _length(pieces: Iterable[_Piece]) -> int:
    return sum(piece[0] for piece in pieces)


def _compare(here: list[_Piece], there: list[_Piece]) -> float:
    one, other = (sum(piece[1] for piece in pieces) for pieces in (here, there))
    return _match(unpack(one), _length(here), unpack(other), _length(there))


def _match(one: tuple[int, ...], one_words: int, other: tuple[int, ...], other_words: int) -> float:
    total = 0.0
    for count, against in zip(one, other, strict=True):
        p, q = 100 * count / max(one_words, 1), 100 * against / max(other_words, 1)
        total += 1 - abs(p - q) / (p + q + _NEARLY_NOTHING)
    return total / len(one)
