"""What a loop is: a word, what was answered, and what the client says came of it. Plain rules over rows at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attune.care.feedback.models import Answer, Verdict, Word

#: Only these are loops: what is asked of today, or left unsaid, is for the hour itself.
LOOPS = (Word.Kind.MORE, Word.Kind.LESS, Word.Kind.ANY)
#: What a client can say to each answer. To talk about it needs no verdict: another answer comes of it.
VERDICTS: Mapping[str, tuple[str, ...]] = {
    Answer.Kind.CHANGED: (Verdict.Kind.BETTER, Verdict.Kind.SAME, Verdict.Kind.WORSE, Verdict.Kind.NOT_YET),
    Answer.Kind.KEPT: (Verdict.Kind.ALL_RIGHT, Verdict.Kind.NOT_RIGHT),
    Answer.Kind.TALK: (),
}
#: After these the word waits for an answer again.
REOPENS = (Verdict.Kind.WORSE, Verdict.Kind.NOT_RIGHT)


@dataclass(frozen=True)
class Turn:
    """One answer with what was said to it, oldest first."""

    answer: Answer
    verdicts: Sequence[Verdict] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The last one that stands. What a client says that they did not say is none."""
        standing = [one for one in self.verdicts if one.said_so != Verdict.SaidSo.NOT_SAID]
        return standing[-1] if standing else None


@dataclass(frozen=True)
class Loop:
    """One word with its answers, oldest first."""

    word: Word
    turns: Sequence[Turn] = ()

    @property
    def last(self) -> Turn | None:
        """The answer that stands now."""
        return self.turns[-1] if self.turns else None

    @property
    def verdict(self) -> Verdict | None:
        """What the client says to it."""
        return self.last.verdict if self.last else None

    @cached_property
    def state(self) -> str:
        """`waits` for an answer (for the first, or again); `talk`; `told`, and no verdict yet; `closed`."""
        if self.last is None or (self.verdict and self.verdict.kind in REOPENS):
            return "waits"
        if self.last.answer.kind == Answer.Kind.TALK:
            return "talk"
        return "closed" if self.verdict and self.verdict.kind != Verdict.Kind.NOT_YET else "told"

    @property
    def is_reopened(self) -> bool:
        """A client's no: it is to be talked about."""
        return self.state == "waits" and self.last is not None

    @property
    def kept_in_a_row(self) -> int:
        """How many of the last answers kept it as it was."""
        kinds = [turn.answer.kind for turn in self.turns]
        return next((n for n, kind in enumerate(reversed(kinds)) if kind != Answer.Kind.KEPT), len(kinds))
