"""`attune analyze`: transcripts measured, one by one for people and programs, or a folder of them into a table."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune_science.errors import ScienceError

if TYPE_CHECKING:
    from attune_science.conversation.role_labels import Role


def add_word(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the word to a command's own."""
    analyzed = commands.add_parser("analyze", help="measure transcripts: who speaks, asks, invites; nothing is kept")
    analyzed.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="a transcript, or one folder with --out")
    analyzed.add_argument(
        "--role", action="append", default=[], metavar="NAME=therapist", help="who is therapist, client or other"
    )
    analyzed.add_argument("--json", action="store_true", help="for programs")
    analyzed.add_argument("--out", type=Path, metavar="findings.csv", help="the table to go on with, for a folder")
    analyzed.add_argument("--workers", type=_count, metavar="N", help="for a folder: how many at once (default: 1)")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 64):
        raise argparse.ArgumentTypeError("it has to be a number from 1 to 64")
    return int(text)


def analyze(words: argparse.Namespace) -> tuple[str, int]:
    """What to print, and 0, or 1 where some of the files could not be read.

    Raises
    ------
    ScienceError
        When the words do not fit together, or nothing at all could be read.
    """
    given = _roles(words.role)
    if words.out is None:
        _refuse_folder(words)
        return _files(words.paths, given, words.json)
    if len(words.paths) != 1 or not words.paths[0].is_dir() or words.json:
        raise ScienceError(
            "This cannot be done.", "--out belongs to one folder, without --json.", "Name one folder that is there."
        )
    from attune_science.analyze_folder import analyze_folder

    done = analyze_folder(words.paths[0], words.out, given, words.workers or 1)
    for name, sentence in done.refused:
        print(f"attune: {name}: {sentence}", file=sys.stderr)
    return f"{done}", 1 if done.refused else 0


def _refuse_folder(words: argparse.Namespace) -> None:
    if words.workers is not None or any(path.is_dir() for path in words.paths):
        raise ScienceError(
            "A folder needs a table.",
            "What is found in many transcripts goes to a file.",
            "Add --out findings.csv, and name one folder.",
        )


def _roles(told: list[str]) -> dict[str, "Role"]:
    from attune_science.conversation.role_labels import ROLES

    given: dict[str, Role] = {}
    for one in told:
        name, _, role = one.rpartition("=")
        known = [known for known in ROLES if known == role]
        if not name.strip() or not known:
            raise ScienceError(
                f"“{one}” names no role.", f"A role is {', '.join(ROLES)}.", "Write --role NAME=therapist."
            )
        given[name] = known[0]
    return given


def _files(paths: list[Path], given: Mapping[str, "Role"], as_data: bool) -> tuple[str, int]:
    from attune_science import analyze_text
    from attune_science.analyze_data import analysed
    from attune_science.conversation.analysis import analyse
    from attune_science.conversation.formats import read_file
    from attune_science.conversation.roles import assign_roles

    told: list[object] = []
    refused: list[tuple[Path, ScienceError]] = []
    for path in paths:
        try:
            transcript = read_file(path)
            found = analyse(transcript, assign_roles(transcript, given))
        except ScienceError as error:
            refused.append((path, error))
            continue
        told.append(analysed(path.name, transcript, found) if as_data else analyze_text.report(path, transcript, found))
    _tell_refused(paths, refused)
    if as_data:
        return json.dumps(told if len(paths) > 1 else told[0], ensure_ascii=False, indent=2), min(len(refused), 1)
    return "\n\n".join(map(str, told)), min(len(refused), 1)


def _tell_refused(paths: list[Path], refused: list[tuple[Path, ScienceError]]) -> None:
    """A line each on standard error; where nothing is left to tell, the last of them is the command's own."""
    nothing_left = len(refused) == len(paths)
    for path, error in refused[:-1] if nothing_left else refused:
        print(f"attune: {path}: {error}", file=sys.stderr)
    if nothing_left:
        path, error = refused[-1]
        raise ScienceError(f"{path}: {error.what}", error.why, error.mend)
