"""A million filled questionnaires scored from a file, beside numpy, which only reads and sums the same file."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

from attune_science import instruments
from attune_science.score_file import score_file

ROWS, ROUNDS, SEED = 1_000_000, 3, 20_261_125
#: How many rows a second, at least, for each row that numpy reads and sums.
LEAST = 0.3

_DEFINITION = instruments.get("phq-9")
_ITEMS = len(_DEFINITION.scored("full"))


@dataclass
class Timed:
    """Something done to the file again and again: rows a second, by the clock."""

    name: str
    do: Callable[[], None]
    rounds: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """One round."""
        begun = time.perf_counter()
        self.do()
        self.rounds.append(ROWS / (time.perf_counter() - begun))

    @property
    def pace(self) -> float:
        """The median of its rounds."""
        return median(self.rounds)


def time_score_file() -> list[Timed]:
    """Both in turn, on made-up answers; ours first."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        source, out = Path(folder, "answers.csv"), Path(folder, "scores.csv")
        _make(source)
        sums = np.zeros(ROWS)

        def read_and_sum() -> None:
            np.loadtxt(source, delimiter=",", skiprows=1).sum(axis=1, out=sums)

        things = [
            Timed("`attune score-file phq-9`: read, check, score, write", lambda: _score(source, out)),
            Timed("`numpy.loadtxt`: read and sum", read_and_sum),
        ]
        for _ in range(ROUNDS):
            for thing in things:
                thing.measure()
        _compare(out, sums)
    return things


def section(things: list[Timed]) -> Iterator[str]:
    """What the page says about it, line by line."""
    ours, numpy = things
    ratio = ours.pace / numpy.pace
    yield "## Scoring from a file"
    yield ""
    yield f"{ROWS:,} rows of made-up answers (PHQ-9, seed {SEED}), {ROUNDS} rounds of each in turn, by the clock."
    yield ""
    yield "| rows a second | median | lowest | highest |"
    yield "| --- | ---: | ---: | ---: |"
    for thing in things:
        yield f"| {thing.name} | {thing.pace:,.0f} | {min(thing.rounds):,.0f} | {max(thing.rounds):,.0f} |"
    yield ""
    kept = "kept" if ratio >= LEAST else "**missed**"
    yield f"- Scoring: **{ratio:.2f} rows** in the time in which numpy {version('numpy')} reads and sums one."
    yield f"  Mark: at least {LEAST}, {kept}."


def _make(source: Path) -> None:
    drawn = iter(random.Random(SEED).choices("0123", k=ROWS * _ITEMS))
    with source.open("w", encoding="utf-8") as file:
        file.write(",".join(str(number) for number in range(1, _ITEMS + 1)) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*[drawn] * _ITEMS, strict=True))


def _score(source: Path, out: Path) -> None:
    counted = score_file(_DEFINITION, source, out)
    if (counted.rows, counted.scored) != (ROWS, ROWS):
        raise SystemExit(f"{ROWS} rows were given and {counted} came back. Nothing measured here counts.")


def _compare(out: Path, sums: np.ndarray) -> None:
    with out.open(encoding="utf-8") as file:
        next(file)
        same = all(float(line.partition(",")[0]) == total for line, total in zip(file, sums, strict=True))
    if not same:
        raise SystemExit("The scores are not the sums that numpy found. Nothing measured here counts.")


if __name__ == "__main__":
    print("\n".join(section(time_score_file())))
