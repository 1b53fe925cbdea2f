"""CHAT (.cha), the format of the TalkBank corpora: a line a speaker, other tiers below it, codes among the words."""

import re
from collections.abc import Iterator, Sequence

from attune_science.conversation.formats.clock import Order
from attune_science.conversation.formats.decoding import split_lines
from attune_science.conversation.transcript import Line, Transcript, TranscriptRefused, make_transcript

_BEGINS = re.compile(r"(?:@UTF8|@Begin|@Font:|@Window:)")
_TIER = re.compile(r"\*([^:\s]{1,40}):")
_BULLET = re.compile(r"\x15([^\x15]*)\x15")
_SPAN = re.compile(r"(\d{1,9})_(\d{1,9})\Z")
# What is said about the words, not said: each rule is in docs/methods. None can match in two ways.
_DROPPED = (
    re.compile(r"\[(?:[/*=:%+<>?!#^-][^\[\]]*|e|x \d{1,4})\]"),  # [/] [//] [: word] [= note] [*] [+ code]
    re.compile(r"(?<!\S)&(?:=|\+|\*)\S*"),  # events, pieces of words, what the other says in between
    re.compile(r"\((?:\.{1,3}|(?:\d{1,3}:)?\d{1,4}\.\d{0,3})\)"),  # pauses
    re.compile(r"(?<!\S)0[^\W\d_]\S*"),  # words that were left out
    re.compile(r"(?<!\S)(?:xxx?|yyy?|www)(?=[\s.,!?]|\Z)"),  # what could not be heard, or was not written down
    re.compile(r"(?<!\S)\+(?:[<^,+]|\"(?!/))"),  # how it joins what stands before
    re.compile(r"(?<!\S)<|>(?=[\s.,!?]|\Z)"),  # the stretch that a code is about
    # Overlaps and tones.
    re.compile(r"[\u2039\u203a\u2308\u2309\u230a\u230b\u2191\u2193\u21d7\u21d8\u2197\u2198\u2261\u224b]"),
    re.compile(r"(?<=\w)@[a-z]{1,3}(?::\w{1,12})?(?:\$\w{1,12})?(?!\w)"),  # what kind of word it is
)
_REPLACED = (
    (re.compile(r"\+[^\s\w]{0,6}!?\?"), "?"),  # a question that breaks off, or is broken off
    (re.compile(r"(?<!\S)\+[./\"]{1,5}\.?"), "\u2026"),
    (re.compile(r"(?<!\S)&-"), ""),  # fillers are said
    (re.compile(r"\(([^\W\d_]{1,30})\)"), r"\1"),  # (be)cause
    (re.compile(r"(?<=[^\W\d_]):(?=[^\W\d_])"), ""),  # lo:ng
    (re.compile(r"(?<=[^\W\d_])[_+](?=[^\W\d_])"), " "),
    (re.compile(r"[\u2021\u201e]"), ","),
    (re.compile(r"\s+"), " "),
    (re.compile(r" ([.?!,;\u2026])"), r"\1"),
)


def looks_like(text: str, name: str) -> bool:
    """Whether a file is CHAT, by its name or its first line."""
    return name.lower().endswith(".cha") or _BEGINS.match(text.lstrip("\ufeff")) is not None


def read(text: str) -> Transcript:
    """Read what the speakers say; headers and the tiers below (`%mor`, `%com`) are passed over.

    Raises
    ------
    TranscriptRefused
        When it is cut, a time runs backward, or nothing is said in it.
    """
    tiers = list(_tiers(split_lines(text)))
    _check_whole([tier for _, tier in tiers])
    names = _names([tier for _, tier in tiers])
    order = Order()
    lines = []
    for number, tier in tiers:
        found = _TIER.match(tier)
        if found:
            said, start, end = _timed(tier[found.end() :], number)
            order.check(start, end, f"Line {number}")
            lines.append(Line(names.get(found[1], found[1]), clean(said), start, end))
    return make_transcript(lines, "chat")


def clean(said: str) -> str:
    """The words that were said, without the codes of CHAT.

    Example
    -------
    >>> clean("<I wa(n)t> [/] I want &=laughs (.) to xxx go@q &-um home +/?")
    'I want I want to go um home?'
    """
    for code in _DROPPED:
        said = code.sub("", said)
    for code, meant in _REPLACED:
        said = code.sub(meant, said)
    return said.strip()


def _tiers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Tiers with the number of their first line; a line that begins with a tab goes on with the tier above."""
    number, tier = 1, list[str]()
    for place, line in enumerate(lines, 1):
        if line[:1] not in ("\t", " ") and line:
            if tier:
                yield number, " ".join(tier)
            number, tier = place, []
        if line.strip():
            tier.append(line)
    if tier:
        yield number, " ".join(tier)


def _check_whole(tiers: Sequence[str]) -> None:
    begins = any(tier.startswith("@Begin") for tier in tiers)
    if begins and not any(tier.startswith("@End") for tier in tiers):
        raise TranscriptRefused(
            "This file is cut.", "It has a line “@Begin” and none “@End”.", "Choose the whole file, or export it again."
        )


def _names(tiers: Sequence[str]) -> dict[str, str]:
    """For each speaker's code the role in `@Participants`, as long as every speaker has another one."""
    roles: dict[str, str] = {}
    for tier in tiers:
        if tier.startswith("@Participants:"):
            entries = (entry.split() for entry in tier.removeprefix("@Participants:").split(","))
            roles |= {entry[0]: entry[-1].replace("_", " ").strip() for entry in entries if len(entry) > 1}
    distinct = len({role.casefold() for role in roles.values()}) == len(roles) and all(roles.values())
    return roles if distinct else {}


def _timed(said: str, number: int) -> tuple[str, float | None, float | None]:
    spans = [_SPAN.search(mark) for mark in _BULLET.findall(said)]
    times = [(int(span[1]) / 1000, int(span[2]) / 1000) for span in spans if span]
    said = _BULLET.sub(" ", said)
    if "\x15" in said:
        raise TranscriptRefused(
            "A time in this file cannot be read.",
            f"The mark around a time at line {number} is never closed.",
            "Correct that line, or export the transcript once more.",
        )
    return (said, times[0][0], times[-1][1]) if times else (said, None, None)
