"""Rules over sentences: patterns with a source and a version, and where they must not fire."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from attune_science.conversation.finding import Finding
from attune_science.conversation.transcript import Turn
from attune_science.conversation.words import Sentence, sentences

# What stands between quotation marks was said by somebody else. An opening mark stops the search for a closing one,
# so that marks without their fellow cost no second look; an apostrophe inside a word is none of them.
_QUOTED = re.compile(
    r"\"[^\"]*\"|\u201c[^\u201c\u201d]*\u201d|\u00ab[^\u00ab\u00bb]*\u00bb|\u2018[^\u2018\u2019]*\u2019(?!\w)"
    r"|(?<!\w)'[^']*(?:(?<=\w)'(?=\w)[^']*)*'(?!\w)"
)
# Where a clause begins: at the head of a sentence, and after a mark that parts clauses.
_CLAUSE = re.compile(r"^[-\s\"'\u2018\u201c\u00ab]*|[,;:]\s+|\s[\u2013-]+\s+|\s*\u2014\s*|\.{2,}\s*|\u2026\s*")
# A small word that leads in.
_LEAD = re.compile(
    r"(?:and|so|but|or|well|okay|ok|now|then|um|uh|er|hm|mhm|right|yeah|yes|no|oh|alright|all right|first|also|maybe|"
    r"perhaps|just|please|actually|i mean|you know|anyway|sure|good|great|thanks|thank you)\b[,.]?[\s-]+"
)
# Somebody is being told of: “he asked what …”.
_REPORTED = re.compile(
    r"\b(?:asked|asks|asking|said|says|saying|told|tells|goes|was like|were like|wanted to know|used to ask|wondered|"
    r"thought|shouted|yelled|wrote)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|nobody|no need|without|\w+n't)\b")
_PART = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Rule:
    """What to look for in a sentence, and who says so.

    Parameters
    ----------
    key, version
        Its name, and a number that changes with its pattern.
    pattern
        A regular expression over small letters, without repeats inside repeats.
    source
        A key of `references.toml`.
    asks
        Whether the sentence has to end in a question mark.
    """

    key: str
    pattern: str
    source: str
    version: str
    asks: bool


@dataclass(frozen=True)
class Rulebook:
    """Rules of one kind.

    Parameters
    ----------
    code
        What a finding of theirs is called.
    rules
        In the order in which they are tried; one finding a sentence at most.
    hints
        A turn that holds none of these is not looked at.
    at_clauses
        Whether they begin at the head of a clause, after small words that lead in; else at any word.
    """

    code: str
    rules: Sequence[Rule]
    hints: Sequence[str]
    at_clauses: bool

    def find(self, turn: Turn) -> Iterator[Finding]:
        """What the rules find in a turn; a sentence that runs over lines is found in the line in which it begins."""
        said = _small(turn.text)
        if not any(hint in said for hint in self.hints):
            return
        for sentence in sentences(_mask(said)):
            found = self._first(sentence)
            if found:
                rule, start = found
                yield self._place(turn, rule, sentence.start + start, sentence.end)

    def _first(self, sentence: Sentence) -> tuple[Rule, int] | None:
        pattern = self._asking if sentence.is_question else self._telling
        heads = _heads(sentence.text) if self.at_clauses else None
        tried = pattern.finditer(sentence.text) if heads is None else (pattern.match(sentence.text, at) for at in heads)
        for found in tried:
            if found and found.lastgroup and not _is_told(sentence.text[: found.start()]):
                return self.rules[int(found.lastgroup[1:])], found.start()
        return None

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        return self._together(lambda _: True)

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        return self._together(lambda rule: not rule.asks)

    def _together(self, fits: Callable[[Rule], bool]) -> re.Pattern[str]:
        """Some of the rules as one pattern, which says by the name of its group which of them it was."""
        rules = (f"(?P<_{place}>{rule.pattern})" for place, rule in enumerate(self.rules) if fits(rule))
        return re.compile(rf"\b(?:{'|'.join(rules) or '(?!)'})")

    def _place(self, turn: Turn, rule: Rule, start: int, end: int) -> Finding:
        begin = 0
        for utterance in turn.utterances:
            if start <= begin + len(utterance.text):
                break
            begin += len(utterance.text) + 1  # the space between two lines
        last = min(end - begin, len(utterance.text))
        return Finding(utterance.number, start - begin, last, self.code, rule.key, rule.version)


@cache
def rulebook(code: str) -> Rulebook:
    """The rules that find one thing, from the file of its name."""
    data = tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text("utf-8"))
    parts: Mapping[str, str] = data["parts"]
    rules = [
        Rule(
            one["key"],
            "|".join(_fill(pattern, parts) for pattern in one["patterns"]),
            one["source"],
            one.get("version", "1"),
            one.get("asks", True),
        )
        for one in data["rules"]
    ]
    return Rulebook(data["code"], rules, data["hints"], data["begins"] == "clause")


def _fill(pattern: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda name: _fill(parts[name[1]], parts), pattern)


def _heads(sentence: str) -> Iterator[int]:
    """The heads of its clauses, each small word that leads in passed over in turn: “and”, “so”, “what …”."""
    for clause in _CLAUSE.finditer(sentence):
        place = clause.end()
        yield place
        while lead := _LEAD.match(sentence, place):
            place = lead.end()
            yield place


def _small(text: str) -> str:
    """In small letters, each in its place: some capitals have two small ones."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.replace("\u2019", "'") if "\u2018" not in small else small


def _mask(text: str) -> str:
    """Without what is quoted; a turn that stands in quotation marks as a whole is no quotation."""
    if not any(mark in text for mark in "\"'\u201c\u00ab\u2018"):
        return text
    masked = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
    return masked.replace("\u2019", "'") if masked.strip("_ .,!?") else text


def _is_told(before: str) -> bool:
    """Whether what stands before it in the sentence makes it a report, or takes it back."""
    clause = before[max(before.rfind(mark) for mark in ",;:") + 1 :]
    return bool(_REPORTED.search(before) or _NEGATED.search(clause))
