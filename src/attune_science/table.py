"""Rows of answers in a table: where things stand in it, and its scores, some thousands of rows at a time."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import islice, repeat
from math import lcm
from operator import add
from typing import Protocol

from attune_science.answers import MISSING, read_answers
from attune_science.errors import AnswersRefused, ScienceError
from attune_science.forms import allowed, list_forms, scales_of
from attune_science.instruments import Definition, Item, Scale
from attune_science.scoring import value_of

# Rows are turned into columns by so many at a time: enough that the loops run inside the interpreter's own code.
_ROWS_AT_ONCE = 4096
# A cell is kept as one whole number, its value times this plus 1 for “answered”; no scale has so many items.
_ANSWERED = 1 << 12
_LINE_END = re.compile(r"\r\n|\r|\n")
_ANSWER_COLUMN = re.compile(r"(item-)?[0-9]+")

Row = Sequence[str]


class Reader(Protocol):
    """What `csv.reader` gives."""

    @property
    def line_num(self) -> int:
        """How many lines were read."""

    def __iter__(self) -> Iterator[list[str]]:
        """The rows."""

    def __next__(self) -> list[str]:
        """The next row."""


@dataclass(frozen=True)
class Counted:
    """What became of a file.

    Parameters
    ----------
    rows
        How many filled forms it holds.
    scored
        How many of them have a score on the first scale of the form.
    """

    rows: int
    scored: int


def written(value: float) -> str:
    """A score as files and programs get it: unrounded, and whole numbers without a point.

    Example
    -------
    >>> written(12.0), written(11.25)
    ('12', '11.25')
    """
    return repr(value).removesuffix(".0")


class _Cells(dict[str, int]):
    """What a cell of one column stands for, looked up once for each text that occurs in it."""

    def __init__(self, definition: Definition, form: str, item: Item, unit: int) -> None:
        super().__init__(dict.fromkeys(MISSING, 0))
        self._definition, self._form, self._item, self._unit = definition, form, item, unit

    def __missing__(self, text: str) -> int:
        key = self._item.key
        value = read_answers(self._definition, self._form, {key: text}).ratings.get(key)
        # None where “does not fit” was given: it counts as missing.
        self[text] = code = 0 if value is None else int(self._item.keyed(value) * self._unit) * _ANSWERED + 1
        return code


class _Scores(dict[int, tuple[str, ...]]):
    """The finished cells of one scale, made once for each sum and number of answers that occur."""

    def __init__(self, scale: Scale, unit: int) -> None:
        super().__init__()
        self._scale, self._unit = scale, unit

    def __missing__(self, code: int) -> tuple[str, ...]:
        total, answered = divmod(code, _ANSWERED)
        score = value_of(self._scale, Fraction(total, self._unit), answered)
        value = "" if score.value is None else written(score.value)
        self[code] = cells = (value, score.band or "", str(score.answered), score.reason)
        return cells


@dataclass(frozen=True)
class Sheet:
    """Where things stand in each row, and what its cells stand for."""

    columns: tuple[str, ...]
    items: tuple[Item, ...]
    places: tuple[int, ...]
    cells: tuple[_Cells, ...]
    scales: tuple[Scale, ...]
    scores: tuple[_Scores, ...]

    @classmethod
    def of(cls, definition: Definition, form: str | None, columns: Row) -> "Sheet":
        """The sheet that a file's first line announces."""
        form, places = _places(definition, form, columns)
        items = definition.scored(form)
        scales = scales_of(definition, form)
        # Every sum is kept in the smallest step of all items, so that it is a whole number and exact.
        unit = lcm(*(Fraction(repr(item.step)).denominator for item in items))
        cells = tuple(_Cells(definition, form, item, unit) for item in items)
        return cls(tuple(columns), items, places, cells, scales, tuple(_Scores(scale, unit) for scale in scales))

    @property
    def carried(self) -> tuple[int, ...]:
        """Where the columns stand that hold no answers."""
        return tuple(place for place in range(len(self.columns)) if place not in self.places)

    @property
    def head(self) -> Row:
        """The first line of the scores."""
        ends = ("", "_band", "_answered", "_reason")
        ours = [f"{scale.key}{end}" for scale in self.scales for end in ends]
        carried = [self.columns[place] for place in self.carried]
        if twins := sorted(set(ours) & set(carried)):
            raise ScienceError(
                f"The column {twins[0]} would stand twice in the scores.",
                "It is already here.",
                "Give it another name.",
            )
        return [*carried, *ours]

    def fill(self, reader: Reader, write: Callable[[Iterator[Row]], None]) -> Counted:
        """Score every row, some thousands at a time."""
        sums: Counter[int] = Counter()
        line = reader.line_num
        while read := list(islice(reader, _ROWS_AT_ONCE)):
            rows = read if all(read) else [row for row in read if row]
            if rows:
                write(self._scored(rows, read, line, sums))
            line = reader.line_num
        first = self.scores[0]
        return Counted(sums.total(), sum(count for code, count in sums.items() if first[code][0]))

    def _scored(self, rows: list[list[str]], read: list[list[str]], line: int, sums: Counter[int]) -> Iterator[Row]:
        columns = _turned(rows)
        if len(columns) != len(self.columns):
            raise self._wrong(read, line)
        try:
            codes = {
                item.key: list(map(cells.__getitem__, columns[place]))
                for item, place, cells in zip(self.items, self.places, self.cells, strict=True)
            }
        except AnswersRefused:
            raise self._wrong(read, line) from None
        finished: list[Iterator[tuple[str, ...]]] = []
        for scale, scores in zip(self.scales, self.scores, strict=True):
            totals = list(map(sum, zip(*(codes[key] for key in scale.items), strict=True)))
            if not finished:
                sums.update(totals)
            finished.append(map(scores.__getitem__, totals))
        carried = [columns[place] for place in self.carried]
        in_front = zip(*carried, strict=True) if carried else repeat(())
        return reduce(lambda left, right: map(add, left, right), finished, in_front)

    def _wrong(self, read: list[list[str]], line: int) -> ScienceError:
        """The refusal that names the first wrong row; `line` is the last one before these rows."""
        for row in read:
            line += 1
            if row and (refusal := self._wrong_row(row, line)):
                return refusal
            # A cell in quotation marks may run over several lines.
            line += sum(len(_LINE_END.findall(cell)) for cell in row)
        raise AssertionError("the rows were refused and none of them is wrong")

    def _wrong_row(self, row: Row, line: int) -> ScienceError | None:
        if len(row) != len(self.columns):
            return _refused(f"Line {line}", f"It has {len(row)} cells; the first line has {len(self.columns)}")
        for item, place, cells in zip(self.items, self.places, self.cells, strict=True):
            try:
                cells[row[place]]
            except AnswersRefused:
                return _refused(f"Line {line}, column {self.columns[place]}", f"Allowed here: {allowed(item)}")
        return None


def _refused(where: str, why: str) -> ScienceError:
    return ScienceError(f"{where}: this cannot be scored.", f"{why}.", "Nothing was written; correct it and try again.")


def _turned(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Rows as columns; none when the rows differ in length."""
    try:
        return list(zip(*rows, strict=True))
    except ValueError:
        return []


def _places(definition: Definition, form: str | None, columns: Row) -> tuple[str, tuple[int, ...]]:
    """The form that these columns answer, and where each of its scored items stands."""
    forms = list_forms(definition, form)
    asked = {one: [item.key for item in definition.scored(one)] for one in forms}
    keys = {key for items in asked.values() for key in items}
    found = [column for column in columns if column in keys or _ANSWER_COLUMN.fullmatch(column)]
    for one, items in asked.items():
        for names in (items, [str(number) for number in range(1, len(items) + 1)]):
            if sorted(found) == sorted(names):
                return one, tuple(columns.index(name) for name in names)
    expected = "; or ".join(", ".join(items) for items in asked.values())
    raise ScienceError(
        "The columns of this file do not fit.",
        f"Those that look like answers are: {', '.join(found) or 'none'}.",
        f"Name them {expected}, or by numbers from 1, with commas between them, each once.",
    )
