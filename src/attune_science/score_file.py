"""From a file of answers to a file of scores: a row a filled form, a column an item; the rule is that of `scoring`."""

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from attune_science.errors import ScienceError
from attune_science.instruments import Definition
from attune_science.table import Counted, Reader, Sheet

__all__ = ["Counted", "score_file"]


def score_file(definition: Definition, source: Path, out: Path, form: str | None = None) -> Counted:
    """Score every row of a file of answers, or nothing at all when one cell of it is wrong.

    Parameters
    ----------
    definition
        What was asked.
    source
        Comma-separated text in UTF-8. The first line names the columns: the keys of the scored items in any order, or
        their numbers from 1; every other column is carried through in front. An empty cell or “-” is a missing answer.
    out
        Where the scores go; a file that is there is replaced, once every row is good.
    form
        Which form was asked; left out, the one whose scored items are the file's columns.

    Returns
    -------
    Counted
        The rows, and how many have a score. In the file each scale has four columns: its value (unrounded; whole
        numbers without a point), its band, how many items were answered, and why there is no value.

    Raises
    ------
    ScienceError
        When a file cannot be read or written, a column is missing, or a cell holds no answer to its item; it names
        line, column and what is allowed, never what stands there.

    Limits
    ------
    As for `scoring.score`. Answers that tell of danger are scored like any other, and nobody is told.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     answers, scores = Path(folder, "answers.csv"), Path(folder, "scores.csv")
    ...     _ = answers.write_text("id,1,2,3,4,5,6,7,8,9\\na,2,2,2,2,1,1,2,0,0\\n", "utf-8")
    ...     score_file(get("phq-9"), answers, scores)
    ...     scores.read_text("utf-8").splitlines()
    Counted(rows=1, scored=1)
    ['id,total,total_band,total_answered,total_reason', 'a,12,moderate,9,']
    """
    with _reading(source) as file, _replacing(out, source) as target:
        reader = csv.reader(file, strict=True)
        writer = csv.writer(target, lineterminator="\n")
        with _reading_rows(source, reader):
            sheet = Sheet.of(definition, form, next(reader, []))
            writer.writerow(sheet.head)
            return sheet.fill(reader, writer.writerows)


@contextmanager
def _reading(source: Path) -> Iterator[TextIO]:
    try:
        # utf-8-sig: spreadsheets begin their files with a byte order mark.
        file = source.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ScienceError(
            f"{source} cannot be read.", f"The system says: {error.strerror}.", "Name a file that you may read."
        ) from error
    with file:
        yield file


@contextmanager
def _reading_rows(source: Path, reader: Reader) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise ScienceError(
            f"{source} cannot be read.", "It is not text in UTF-8.", "Save it as CSV in UTF-8 and try again."
        ) from error
    except csv.Error as error:
        raise ScienceError(
            f"{source} cannot be read from line {reader.line_num} on.",
            f"It is not comma-separated text: {error}.",
            "Look for a quotation mark that is opened and not closed.",
        ) from error


@contextmanager
def _replacing(out: Path, source: Path) -> Iterator[IO[str]]:
    """A file beside `out` that takes its place at the end, and goes again when something is wrong."""
    out = Path(os.path.realpath(out))
    try:
        _refuse_place(out, source)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=out.parent, prefix=".attune-", delete=False
        ) as file:
            try:
                yield file
                file.close()
                os.replace(file.name, out)
            except BaseException:
                os.unlink(file.name)
                raise
    except OSError as error:
        raise ScienceError(
            f"{out} cannot be written.",
            f"The system says: {error.strerror}.",
            "Name a file in a folder that is there and that you may write to.",
        ) from error


def _refuse_place(out: Path, source: Path) -> None:
    if not out.exists():
        return
    if out.samefile(source):
        raise ScienceError(
            f"{out} cannot be written.", "It is the file that the answers come from.", "Give the scores another name."
        )
    if not out.is_file():
        raise ScienceError(f"{out} cannot be written.", "It is no ordinary file.", "Name a file for the scores.")
