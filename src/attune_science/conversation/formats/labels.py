"""Who speaks, where it stands before a colon: found by which labels come again, never by one colon alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from attune_science.conversation.formats.clock import CLOCK, seconds
from attune_science.conversation.formats.markup import DIRECTION
from attune_science.conversation.role_labels import LABELS

# Only so much of a line is looked at, so that no line can take long.
_HEAD = 160
_LONGEST = 40
_MOST_WORDS = 5
_SPACE = " \t\u00a0\u3000"
_RANGE = rf"[\[(<]?({CLOCK})(?:[ \t]?(?:-->|-|–)[ \t]?{CLOCK})?[\])>]?"
_BEFORE = re.compile(rf"(?:\d{{1,5}}[.)]?[ \t]{{1,3}})?(?:{_RANGE}(?:(?<=[\])>])|(?=[\s|–-]|$)))?")
_AFTER = re.compile(rf"[\[(<]({CLOCK})[\])>]|(?<![\d:])({CLOCK})(?![\d:])")
_STAMP = re.compile(rf"\s{{0,5}}[\[(<]({CLOCK})[\])>]")
_BARE = re.compile(rf"\s{{0,5}}({CLOCK})(?=\s)")
_IN_A_SENTENCE = frozenset('.?!,;"“”„«»<>{}|=…؟،؛')
# Words of a name that begin with a small letter.
_PARTICLES = frozenset(
    ("al", "and", "bin", "da", "de", "der", "di", "dos", "du", "el", "la", "le", "of", "van", "von", "y")
)
# Labels that say a role: one line is enough. Which role it is, is not decided here.
_ROLES = frozenset().union(*LABELS.values())


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that may begin with a speaker.

    Parameters
    ----------
    label
        What would be the speaker.
    rest
        What would be said.
    start
        The time beside the label in seconds; None where there is none.
    bare
        A time without brackets after the colon: taken for one only where most lines have it.
    """

    label: str
    rest: str
    start: float | None = None
    bare: float | None = None

    def without_bare(self) -> "Opening":
        """The same, the time after the colon taken for a time."""
        found = _BARE.match(self.rest)
        return Opening(self.label, self.rest[found.end() :], self.bare) if found else self


def open_line(line: str) -> Opening | None:
    """What a line would say if it began with a speaker; None where it cannot.

    Example
    -------
    >>> open_line("[00:01:02] Dr. Smith: Good morning.")
    Opening(label='Dr. Smith', rest=' Good morning.', start=62.0, bare=None)
    """
    start, rest = stamp_before(line)
    rest = rest.lstrip(_SPACE + "-–|*_" + DIRECTION)
    head = rest[:_HEAD]
    colon = min((at for at in (head.find(":"), head.find("：")) if at >= 0), default=len(head))
    stamp = _AFTER.search(head)
    if stamp and stamp.end() > colon >= stamp.start():
        return _stamped(head, rest, stamp)
    if colon == len(head) or rest.startswith("//", colon + 1):
        return None
    return _opening(head[:colon], rest[colon + 1 :], start)


def stamp_before(line: str) -> tuple[float | None, str]:
    """The time at the head of a line, in seconds, and what follows it."""
    line = line.lstrip(_SPACE + DIRECTION)
    found = _BEFORE.match(line[:_HEAD])
    if found and found[1]:
        return seconds(found[1]), line[found.end() :]
    return None, line[found.end() :] if found else line


def accept(labels: Sequence[str], firsts: Sequence[str] = ()) -> dict[str, str]:
    """Which labels are speakers.

    A label that says a role is one. Another is, when it comes again and looks like a name, or opens a tenth of all
    lines. One that comes once is, when it looks like a name and every line of the file has a label; but not where
    roles are named and two speakers are known already.

    Parameters
    ----------
    labels
        For each line the label it may begin with, or an empty text.
    firsts
        The same for the first line of each cue, where there are cues: when every cue begins with a label, none goes
        on with a sentence of the one above, and all of them are speakers.

    Returns
    -------
    dict
        From the label in small letters to how it was first written.
    """
    written: dict[str, str] = {}
    for label in labels:
        written.setdefault(label.casefold(), label)
    written.pop("", None)
    counts = Counter(label.casefold() for label in labels if label)
    roles = {key for key in counts if key.rstrip("0123456789 .#") in _ROLES}
    kept = roles | {key for key, times in counts.items() if _comes_again(written[key], times, len(labels))}
    if all(labels) and len(counts) > 1 and (not roles or len(kept) < 2):
        kept |= {key for key in counts if _is_name(written[key])}
    if all(firsts) and len(set(firsts)) > 1:
        kept |= {label.casefold() for label in firsts}
    return {key: label for key, label in written.items() if key in kept}


def _comes_again(label: str, times: int, lines: int) -> bool:
    return times > 1 and (_is_name(label) or times * 10 >= lines)


def _is_name(label: str) -> bool:
    """Every word begins with a capital, or in a script that has none."""
    return all(not word[0].islower() or word in _PARTICLES for word in label.split())


def _stamped(head: str, rest: str, stamp: re.Match[str]) -> Opening | None:
    """A label with its time right after it: “T [00:01:02]: …”, or “Anna  0:03” alone in its line."""
    after = rest[stamp.end() :].lstrip(_SPACE)
    if after[:1] in (":", "："):
        after = after[1:]
    elif after and not stamp[1]:
        return None
    return _opening(head[: stamp.start()], after, seconds(stamp[1] or stamp[2]))


def _opening(label: str, rest: str, start: float | None) -> Opening | None:
    label = " ".join(label.strip(_SPACE + "*_[]" + DIRECTION).split())
    if not _may_be_a_label(label):
        return None
    rest = rest.lstrip("*_" + DIRECTION)
    stamp = _STAMP.match(rest[:_HEAD])
    if stamp and start is None:
        return Opening(label, rest[stamp.end() :], seconds(stamp[1]))
    bare = _BARE.match(rest[:_HEAD])
    return Opening(label, rest, start, seconds(bare[1]) if bare and start is None else None)


def _may_be_a_label(label: str) -> bool:
    words = label.split()
    if not 0 < len(words) <= _MOST_WORDS or len(label) > _LONGEST:
        return False
    # A full stop belongs to a short word: “Dr. Smith”, “J. Doe”.
    bare = " ".join(word[:-1] if word.endswith(".") and len(word) <= 5 and len(words) > 1 else word for word in words)
    return any(letter.isalpha() for letter in label) and not _IN_A_SENTENCE & set(bare)
