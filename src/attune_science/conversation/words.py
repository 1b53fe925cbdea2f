"""What counts as a word, a sentence, a question: one definition for every measure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Letters and digits of any script, with apostrophes and hyphens inside or at their ends ("don't", "o'", "co-worker").
# Combining marks belong to the letters that bear them (Hindi vowel signs, Arabic points).
_WORD = re.compile(
    r"[^\W_]+(?:[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
    r"\u093a-\u094f\u0951-\u0957\u0962\u0963'\u2019\u02bc\u2010\u2011-]+[^\W_]*)*"
)
# A sentence ends at its mark, with the quotation marks and brackets that close it, before white space or the end;
# after a question mark the space may have been forgotten.
_END = re.compile(r"[.!?\u2026\u061f\u0964\u3002\uff1f]+[\"'\u201d\u2019)\]]*(?=\s|$)|[?\u061f\uff1f]+(?=[^\W\d_])")
#: Marks that end a sentence in the scripts we know of.
MARKS = ".!?\u2026\u061f\u0964\u3002\uff1f"
# The same ends, begun at the question mark: what `sentences` would find, without looking for the others.
_ASKED = re.compile(
    r"[?\u061f\uff1f][.!?\u2026\u061f\u0964\u3002\uff1f]*[\"'\u201d\u2019)\]]*(?=\s|$)|[?\u061f\uff1f]+(?=[^\W\d_])"
)


@dataclass(frozen=True)
class Sentence:
    """A stretch of an utterance: its text, and where it stands (characters, end not included)."""

    text: str
    start: int
    end: int

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return count_questions(self.text) > 0


def words(text: str) -> list[str]:
    """The words of a text: runs of letters, digits, apostrophes and hyphens that begin with a letter or digit.

    Example
    -------
    >>> words("Well, I don't know - twenty-one?")
    ['Well', 'I', "don't", 'know', 'twenty-one']
    """
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def count_questions(text: str) -> int:
    """How many sentences of a text end in a question mark.

    Example
    -------
    >>> count_questions("Really?! You said what? Yes.")
    2
    """
    asked = "?" in text or "\u061f" in text or "\uff1f" in text
    return len(_ASKED.findall(text)) if asked else 0


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of an utterance, in order; what follows the last mark is one, too.

    Example
    -------
    >>> [one.text for one in sentences("Slower. Is that right?  And then")]
    ['Slower.', 'Is that right?', 'And then']
    """
    begin = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        piece = text[begin:end]
        if piece.strip():
            start = begin + len(piece) - len(piece.lstrip())
            yield Sentence(piece.strip(), start, start + len(piece.strip()))
        begin = end


def is_punctuated(texts: Iterable[str]) -> bool:
    """Whether a transcript has punctuation at all: without it a question cannot be told.

    At least one mark that ends a sentence in a hundred words; here words are what white space parts.
    """
    marks = written = 0
    for text in texts:
        marks += sum(map(text.count, MARKS))
        written += len(text.split())
    return 0 < written <= marks * 100
