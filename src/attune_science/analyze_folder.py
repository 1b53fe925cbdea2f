"""A folder of transcripts into one table, file by file, so that a run that was stopped goes on where it was."""

import csv
import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from attune_science.conversation.analysis import VERSION, Analysis, analyse
from attune_science.conversation.formats import read_file
from attune_science.conversation.role_labels import Role
from attune_science.conversation.roles import assign_roles
from attune_science.errors import ScienceError

#: What is taken for a transcript, by the end of its name.
ENDS = frozenset({".vtt", ".srt", ".json", ".txt", ".csv", ".tsv", ".docx", ".cha"})
HEAD = (
    "file", "content", "version", "role", "code", "value", "reason",
    "utterance", "start", "end", "rule", "rule_version",
)  # fmt: skip
#: The last row of a file: a file without it was not finished.
LAST = "rows"

_BAR = 30


@dataclass
class Done:
    """What a run did.

    Parameters
    ----------
    files
        Transcripts in the folder.
    before
        Those that were in the table already, unchanged.
    refused
        Those that could not be read, each with its sentence.
    out
        The table.
    """

    files: int
    before: int
    out: Path
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        """One line for people."""
        read = self.files - self.before - len(self.refused)
        return (
            f"Transcripts: {self.files}, read now: {read}, in the table before: {self.before}, "
            f"refused: {len(self.refused)}. The table is {self.out}."
        )


@dataclass(frozen=True)
class _Task:
    """One transcript: its name in the table, where it lies, and which version of the rules and roles reads it."""

    name: str
    path: Path
    content: str
    version: str
    given: tuple[tuple[str, Role], ...]


def analyze_folder(folder: Path, out: Path, given: Mapping[str, Role], workers: int) -> Done:
    """Measure every transcript of a folder that is not in the table yet.

    Parameters
    ----------
    folder
        Looked through with the folders in it; what begins with a dot, or does not end like a transcript, is left out.
    out
        The table: made when missing, gone on with when there. Rows of one file are written at once; a half-written end
        is cut off first, and the rows of a file that has changed are taken out.
    given
        Roles, as for `assign_roles`.
    workers
        How many transcripts at a time.

    Raises
    ------
    ScienceError
        When the table cannot be read or written, or is another file.
    """
    tasks, refused = _tasks(folder, out, given)
    with _writing(out):
        kept = _mend(out, {task.name: task for task in tasks})
        open_ = [task for task in tasks if task.name not in kept]
        done = Done(len(tasks) + len(refused), len(kept), out, refused)
        with out.open("ab") as table:
            for place, (task, rows) in enumerate(_read_all(open_, workers), 1):
                _show(place, len(open_))
                if isinstance(rows, bytes):
                    _append(table, rows)
                else:
                    done.refused.append((task.name, rows))
    done.refused.sort()
    return done


def _tasks(folder: Path, out: Path, given: Mapping[str, Role]) -> tuple[list[_Task], list[tuple[str, str]]]:
    told = tuple(sorted(given.items()))
    version = ";".join([VERSION, *(f"{name}={role}" for name, role in told)])
    tasks, refused = [], []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        name = " ".join(inside.as_posix().splitlines())  # as the table has it
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or path.suffix.lower() not in ENDS or not path.is_file() or _same(path, out):
            continue
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            refused.append((name, f"It cannot be read. The system says: {error.strerror}."))
        else:
            tasks.append(_Task(name, path, content, version, told))
    return tasks, refused


def _same(path: Path, out: Path) -> bool:
    return out.exists() and path.samefile(out)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ScienceError(
            f"{out} cannot be written.", f"The system says: {error.strerror}.", "Name a file that you may write to."
        ) from error
    except BrokenExecutor as error:
        raise ScienceError(
            "A worker was stopped.",
            "The system ended it, perhaps for want of memory.",
            "Run the same words again, with fewer workers: what was finished stays.",
        ) from error


def _mend(out: Path, tasks: Mapping[str, _Task]) -> set[str]:
    """Bring the table to whole, unchanged files, and say which these are."""
    head = _line(HEAD)
    written = out.read_bytes() if out.exists() else b""
    if written and not written.startswith(head) and not head.startswith(written):
        raise ScienceError(
            f"{out} is another file.", "It does not begin as this table does.", "Name a new file for the findings."
        )
    kept: dict[str, bytes] = {}
    for name, content, version, rows in _whole(written[len(head) :]):
        task = tasks.get(name)
        if task is None or (task.content, task.version) == (content, version):
            kept[name] = rows
    mended = head + b"".join(kept.values())
    if mended != written:
        beside = out.with_name(f".{out.name}.part")
        beside.write_bytes(mended)
        os.replace(beside, out)
    return kept.keys() & tasks.keys()


def _whole(written: bytes) -> Iterator[tuple[str, str, str, bytes]]:
    """Each file of the table that has its last row: name, content, version, rows."""
    rows: list[bytes] = []
    for line in written.split(b"\n")[:-1]:  # what has no line feed was cut off
        rows.append(line + b"\n")
        cells = next(csv.reader([line.decode("utf-8", "replace")]), [])
        if len(cells) != len(HEAD):
            rows.clear()
        elif cells[4] == LAST:
            if cells[5] == str(len(rows)):
                yield cells[0], cells[1], cells[2], b"".join(rows)
            rows.clear()


def _read_all(tasks: list[_Task], workers: int) -> Iterator[tuple[_Task, bytes | str]]:
    if workers == 1 or len(tasks) < 2:
        yield from ((task, _read(task)) for task in tasks)
        return
    pool = ProcessPoolExecutor(min(workers, len(tasks)))
    try:
        waiting = {pool.submit(_read, task): task for task in tasks}
        for future in as_completed(waiting):
            yield waiting.pop(future), future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _read(task: _Task) -> bytes | str:
    """The rows of one transcript, or the sentence that says why there are none."""
    try:
        transcript = read_file(task.path)
        found = analyse(transcript, assign_roles(transcript, dict(task.given)))
    except ScienceError as error:
        return str(error)
    except Exception as fault:  # one file never ends the run; what was said must not stand in the sentence
        return f"It cannot be measured. The program has a fault ({type(fault).__name__}). Please tell its makers."
    rows = [_row(task, cells) for cells in _cells(found)]
    return b"".join([*rows, _row(task, {"code": LAST, "value": len(rows) + 1})])


def _cells(found: Analysis) -> Iterator[dict[str, object]]:
    for one in found.measures:
        for code in ("turns", "words", "talk_share", "words_a_turn", "longest_words", "questions", "open_invitations"):
            value = getattr(one, code)
            yield {"role": one.role, "code": code, "value": value, "reason": one.reason if value is None else None}
    for role, pace in found.timing.paces:
        for code in ("pauses", "latency", "interruptions", "silences_ended"):
            yield {"role": role, "code": code, "value": getattr(pace, code)}
    yield {"code": "silences", "value": _or_none(found), "reason": found.timing.reason}
    yield {"code": "style_matching", "value": found.style.matching, "reason": found.style.reason}
    yield {"code": "style_z", "value": found.style.z, "reason": found.style.reason}
    for warning in found.roles.warnings:
        yield {"code": "warning", "reason": warning}
    for place in found.findings:
        yield {
            "code": place.code, "utterance": place.utterance, "start": place.start, "end": place.end,
            "rule": place.rule, "rule_version": place.version,
        }  # fmt: skip


def _or_none(found: Analysis) -> int | None:
    return None if found.timing.reason else len(found.timing.silences)


def _row(task: _Task, cells: Mapping[str, object]) -> bytes:
    named = {"file": task.name, "content": task.content, "version": task.version, **cells}
    return _line(named.get(column) for column in HEAD)


def _line(cells: Iterable[object]) -> bytes:
    text = io.StringIO()
    # A name may hold anything but a line feed: rows are told apart by it when a table is mended.
    csv.writer(text, lineterminator="\n").writerow(
        "" if cell is None else " ".join(str(cell).splitlines()) for cell in cells
    )
    return text.getvalue().encode("utf-8", "surrogateescape")


def _append(table: BinaryIO, rows: bytes) -> None:
    table.write(rows)
    table.flush()
    os.fsync(table.fileno())


def _show(place: int, whole: int) -> None:
    """A bar on standard error, where somebody looks."""
    if not sys.stderr.isatty():
        return
    filled = _BAR * place // whole
    end = "\n" if place == whole else ""
    print(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {place} of {whole}", end=end, file=sys.stderr, flush=True)
