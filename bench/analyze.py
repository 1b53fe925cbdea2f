"""Made-up sessions read and measured, beside reading the same files and splitting them at white space."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from attune_science.conversation.analysis import Analysis, analyse
from attune_science.conversation.formats import read_file
from attune_science.conversation.roles import assign_roles
from attune_science.conversation.words import count_words

SESSIONS, TURNS, ROUNDS, SEED = 20, 300, 5, 20_261_125
#: How many words, at least, in the time in which one is read and split off.
LEAST = 0.2

_ASKED = (
    "What was that like for you?", "Tell me more about your sister.", "How did the week go?", "Did you sleep?",
    "That sounds lonely, and I am glad that you could say it today.", "So you went back, and nobody was there.",
)  # fmt: skip
_TOLD = (
    "I sat there and nobody came.", "It was hard, you know, and I didn't want to go home after work.",
    "My father asked what I wanted, and I had no answer for him.", "Yes.", "I don't know, maybe a little better.",
    "We were in the kitchen and she said that it was all right, but it wasn't, not for me and not for the children.",
)  # fmt: skip


@dataclass
class Timed:
    """Something done to the files again and again: words a second, by the clock."""

    name: str
    do: Callable[[], int]
    rounds: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """One round."""
        begun = time.perf_counter()
        words = self.do()
        self.rounds.append(words / (time.perf_counter() - begun))

    @property
    def pace(self) -> float:
        """The median of its rounds."""
        return median(self.rounds)


def time_analyze() -> list[Timed]:
    """All in turn; ours first."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        paths = list(_make(Path(folder)))
        things = [
            Timed("`attune analyze`: read, roles, every measure", lambda: sum(_words(path) for path in paths)),
            Timed("`read_text().split()`", lambda: sum(len(path.read_text("utf-8").split()) for path in paths)),
            Timed("`words(read_text())`", lambda: sum(count_words(path.read_text("utf-8")) for path in paths)),
        ]
        for _ in range(ROUNDS + 1):
            for thing in things:
                thing.measure()
        for thing in things:
            del thing.rounds[0]  # the first warms up
    return things


def section(things: list[Timed]) -> Iterator[str]:
    """What the page says about it, line by line."""
    ours, split, own = things
    ratio, own_ratio = ours.pace / split.pace, ours.pace / own.pace
    yield "## Transcripts"
    yield ""
    yield f"{SESSIONS} made-up sessions of {TURNS} turns as labelled text (seed {SEED}), {ROUNDS} rounds of each in"
    yield "turn after one that warms up, by the clock. ConvoKit is not beside it: it needs spaCy, sentence-transformers"
    yield "and a dozen more packages, which nothing else here does."
    yield ""
    yield "| words a second | median | lowest | highest |"
    yield "| --- | ---: | ---: | ---: |"
    for thing in things:
        yield f"| {thing.name} | {thing.pace:,.0f} | {min(thing.rounds):,.0f} | {max(thing.rounds):,.0f} |"
    yield ""
    yield f"- Measuring: **{ratio:.2f} words** in the time in which one is read and split off."
    yield f"  Mark: at least {LEAST}, {'kept' if ratio >= LEAST else '**missed**'}."
    yield f"- Beside finding the words alone, by our own definition of a word: {own_ratio:.2f}."


def _make(folder: Path) -> Iterator[Path]:
    chance = random.Random(SEED)
    for session in range(SESSIONS):
        path = folder / f"{session}.txt"
        turns = (
            f"{'TC'[turn % 2]}: {' '.join(chance.choices((_ASKED, _TOLD)[turn % 2], k=chance.randint(1, 3)))}\n"
            for turn in range(TURNS)
        )
        path.write_text("".join(turns), "utf-8")
        yield path


def _words(path: Path) -> int:
    transcript = read_file(path)
    found: Analysis = analyse(transcript, assign_roles(transcript, {}))
    if len(found.measures) != 2 or found.style.matching is None or not found.findings:
        raise SystemExit(f"{path.name} was not measured in full. Nothing measured here counts.")
    # Labels are words to whoever splits: both are paced by what was said.
    return sum(one.words for one in found.measures) + len(transcript.utterances)


if __name__ == "__main__":
    print("\n".join(section(time_analyze())))
