"""The science from the command line: instruments, scores, change, transcripts; needs no home, no keys and no server."""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, get_args

from attune_science import cli_analyze, cli_data, cli_text, instruments
from attune_science.answers import read_numbers
from attune_science.change import Change, change
from attune_science.errors import AnswersRefused, ScienceError
from attune_science.forms import allowed, list_forms
from attune_science.instruments import Definition, Scale
from attune_science.instruments.scales import Higher, Side
from attune_science.score_file import score_file
from attune_science.yardstick import CutOff, Yardstick, yardstick_of

__all__ = ["WORDS", "Parser", "add_words", "main", "run"]

# float() would also take “nan”, “1_0” and digits of other scripts.
_NUMBER = re.compile(r"-?(?:[0-9]{1,6}(?:\.[0-9]{1,18})?|\.[0-9]{1,18})")


class Parser(argparse.ArgumentParser):
    """A reader of commands that refuses in one sentence, and takes a dash at the head of the answers."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As the base has it; “--answers -,1” would be taken for two options."""
        args = list(sys.argv[1:] if args is None else args)
        if "--answers" in args[:-1]:
            place = args.index("--answers")
            args[place : place + 2] = [f"--answers={args[place + 1]}"]
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """One line on standard error, exit 2."""
        self.exit(_refuse(f"{message.rstrip('.')}. See {self.prog} --help."))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one of the words; 0 when it went well, 2 when it was refused."""
    parser = Parser(prog="python -m attune_science", description="Instruments, scores, change, transcripts.")
    add_words(parser.add_subparsers(dest="command", required=True, metavar="COMMAND"))
    return run(parser.parse_args(argv))


def add_words(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the words of the science to a command's own."""
    listed = commands.add_parser("instruments", help="list the instruments, or tell one in full")
    listed.add_argument("key", nargs="?", metavar="KEY", help="tell this one in full")
    _json(listed)
    scored = commands.add_parser("score", help="score one filled form")
    _key(scored)
    scored.add_argument("--answers", required=True, metavar="2,2,-,1", help="a number an item; a dash where left open")
    _form(scored)
    _json(scored)
    _add_change(commands.add_parser("change", help="tell whether two scores differ by more than error of measurement"))
    filed = commands.add_parser("score-file", help="score a file of answers (CSV), a row a filled form")
    _key(filed)
    filed.add_argument("answers", type=Path, metavar="answers.csv", help="a column an item, named by key or number")
    filed.add_argument("--out", required=True, type=Path, metavar="scores.csv", help="where the scores go")
    _form(filed)
    cli_analyze.add_word(commands)


def _add_change(changed: argparse.ArgumentParser) -> None:
    _key(changed)
    changed.add_argument("--before", required=True, type=_number, metavar="X", help="the earlier score")
    changed.add_argument("--after", required=True, type=_number, metavar="Y", help="the later score")
    changed.add_argument("--scale", metavar="KEY", help="which scale (default: the first)")
    own = changed.add_argument_group("figures of your own, in place of the instrument's")
    own.add_argument("--sd", type=_number, metavar="N", help="standard deviation before treatment")
    own.add_argument("--reliability", type=_number, metavar="N", help="above 0 and below 1")
    own.add_argument("--cut-off", type=_number, metavar="N", help="where the clinical range begins")
    own.add_argument("--side", choices=get_args(Side), help="which side of it is clinical (default: by the direction)")
    own.add_argument(
        "--higher", choices=get_args(Higher), help="what a higher score is, where the instrument is silent"
    )
    _json(changed)


def _key(command: argparse.ArgumentParser) -> None:
    command.add_argument("key", metavar="KEY", help="the instrument, as attune instruments lists it")


def _form(command: argparse.ArgumentParser) -> None:
    command.add_argument("--form", metavar="FORM", help="which form (default: the one with as many items)")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="for programs")


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise argparse.ArgumentTypeError("it has to be a number in plain digits, such as 12 or 8.5")
    return float(text)


def run(words: argparse.Namespace) -> int:
    """Run one word of the science: what it found on standard output, or one sentence on standard error and 2."""
    code = 0
    try:
        if words.command == "analyze":
            text, code = cli_analyze.analyze(words)  # 1 where some of the files were bad
        else:
            text = _COMMANDS[words.command](words)
        _print(text)
    except ScienceError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return 130  # as shells have it
    return code


def _refuse(sentence: str) -> int:
    print(f"attune: {' '.join(sentence.split())}", file=sys.stderr)
    return 2


def _print(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter gets its number
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would try again at its end
        if not isinstance(error, BrokenPipeError):  # whoever closes the pipe has read enough
            raise ScienceError(
                "This cannot be printed.", f"The system says: {error.strerror}.", "Send it elsewhere."
            ) from error


def _instruments(words: argparse.Namespace) -> str:
    if words.key is not None:
        definition = instruments.get(words.key)
        return _dumped(cli_data.instrument(definition)) if words.json else cli_text.instrument(definition)
    listed = list(map(instruments.get, instruments.keys()))
    return _dumped([cli_data.instrument(one) for one in listed]) if words.json else cli_text.table(listed)


def _score(words: argparse.Namespace) -> str:
    definition = instruments.get(words.key)
    list_forms(definition, words.form)
    numbers = words.answers.split(",")
    try:
        answers = read_numbers(definition, numbers, words.form)
    except AnswersRefused as refusal:
        wrong = [item for item in definition.items if item.key in refusal.fields]
        raise ScienceError(
            "Nothing was scored.",
            f"These answers cannot be: {', '.join(item.key for item in wrong)}.",
            f"Allowed: {'; '.join(dict.fromkeys(allowed(item) for item in wrong))}.",
        ) from refusal
    return _dumped(cli_data.scored(definition, answers)) if words.json else cli_text.scored(definition, answers)


def _change(words: argparse.Namespace) -> str:
    definition = instruments.get(words.key)
    scale = _scale(definition, words.scale)
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    for name in ("before", "after"):
        if not lowest <= getattr(words, name) <= highest:
            raise ScienceError(
                f"{definition.key} cannot have a score of {getattr(words, name):g} {name}.",
                f"Its scale {scale.key} runs from {lowest:g} to {highest:g}.",
                f"Correct --{name}, or name another --scale.",
            )
    found: Change = change(words.before, words.after, _yardstick(words, definition, scale))
    return _dumped(cli_data.changed(definition, scale, found)) if words.json else cli_text.changed(definition, found)


def _scale(definition: Definition, key: str | None) -> Scale:
    for scale in definition.scales:
        if key in (None, scale.key):
            return scale
    known = ", ".join(scale.key for scale in definition.scales) or "none"
    raise ScienceError(
        f"{definition.key} has no {f'scale {key}' if key else 'scale'}.", f"Its scales are: {known}.", "Name another."
    )


def _yardstick(words: argparse.Namespace, definition: Definition, scale: Scale) -> Yardstick:
    """The instrument's own, or one of the figures given."""
    own = words.sd is not None or words.reliability is not None
    if (words.side and words.cut_off is None) or (words.higher and not own):
        raise ScienceError(
            "These options mean nothing alone.",
            "A side belongs to a figure.",
            "Add --cut-off, or --sd and --reliability.",
        )
    if own:
        yardstick = Yardstick(words.sd, words.reliability, _higher(words, definition, scale))
    elif scale.change is None:
        raise ScienceError(
            f"Change on {definition.key}, scale {scale.key}, cannot be told.",
            "No standard deviation and reliability with a source is kept for it.",
            "Give --sd and --reliability, from a sample like the person.",
        )
    else:
        yardstick = yardstick_of(definition, scale.key)
    if words.cut_off is None:
        return yardstick
    side: Side = words.side or ("at-or-above" if yardstick.higher == "worse" else "at-or-below")
    return replace(yardstick, cut_off=CutOff(words.cut_off, side))


def _higher(words: argparse.Namespace, definition: Definition, scale: Scale) -> Higher:
    told: Higher | None = words.higher or scale.higher
    if told is None or (words.higher and scale.higher not in (None, words.higher)):
        raise ScienceError(
            f"Change on {definition.key} has no direction.",
            f"By its definition a higher score is {scale.higher or 'neither better nor worse'}.",
            "Say --higher better or --higher worse, in keeping with it.",
        )
    return told


def _score_file(words: argparse.Namespace) -> str:
    counted = score_file(instruments.get(words.key), words.answers, words.out, words.form)
    return f"Rows: {counted.rows}, with a score: {counted.scored}. The scores are in {words.out}."


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], str]] = {
    "instruments": _instruments,
    "score": _score,
    "change": _change,
    "score-file": _score_file,
}
#: The words that need neither a home nor keys.
WORDS = (*_COMMANDS, "analyze")
