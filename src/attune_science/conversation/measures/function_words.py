"""English words that carry grammar and not topic, by closed class; the lists are ours.

The nine classes are those of language style matching (gonzales2010); their published lists are licensed and were not
used. A word may stand in several classes, as it does in the language: “that”, “no”, “so”.
"""

from collections.abc import Iterable, Mapping
from itertools import repeat
from types import MappingProxyType
from typing import Final

_BE = (
    "am is are was were be been being i'm you're we're they're he's she's it's that's there's isn't aren't wasn't "
    "weren't"
)
_HAVE = "have has had having i've you've we've they've haven't hasn't hadn't"
_DO = "do does did don't doesn't didn't"
_MODAL = (
    "can could will would shall should may might must ought cannot can't couldn't won't wouldn't shan't shouldn't "
    "mightn't mustn't i'll you'll he'll she'll it'll we'll they'll that'll i'd you'd he'd she'd we'd they'd gonna"
)
_PERSONS = (
    "i me my mine myself i'm i've i'll i'd you your yours yourself yourselves you're you've you'll you'd "
    "he him his himself he's he'll he'd she her hers herself she's she'll she'd "
    "we us our ours ourselves we're we've we'll we'd they them their theirs themselves they're they've they'll they'd"
)
_NOT_PERSONS = (
    "it its itself it's it'll this that these those that's that'll there's who whom whose what which whoever whatever "
    "something anything nothing everything somebody anybody nobody everybody someone anyone everyone one ones "
    "other others"
)
_NEGATIONS = (
    "no not never none nothing nobody nowhere neither nor cannot can't couldn't won't wouldn't shan't shouldn't "
    "mightn't mustn't don't doesn't didn't haven't hasn't hadn't isn't aren't wasn't weren't ain't without"
)

#: The nine classes, each with its words.
CLASSES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        name: frozenset(listed.split())
        for name, listed in {
            "personal pronouns": _PERSONS,
            "impersonal pronouns": _NOT_PERSONS,
            "articles": "a an the",
            "conjunctions": "and but or nor so yet because since although though while whereas if unless until when "
            "whenever after before as than whether then therefore however",
            "prepositions": "about above across after against along among around at before behind below beneath beside "
            "besides between beyond by despite down during except for from in inside into like near of off on onto out "
            "outside over past since through throughout till to toward towards under until up upon with within without",
            "auxiliary verbs": f"{_BE} {_HAVE} {_DO} {_MODAL}",
            "common adverbs": "very really just so too quite rather pretty almost also again always often sometimes "
            "usually ever still already even only maybe perhaps actually probably now then here there soon well how "
            "why",
            "negations": _NEGATIONS,
            "quantifiers": "all some any many much more most few fewer less least lot lots both each every several "
            "enough half whole bit little couple plenty none",
        }.items()
    }
)

# One number holds the nine counts, so that a text is counted in one sum; no text has a million million words.
_BITS = 40
_PLACES = {
    word: sum(1 << (_BITS * place) for place, listed in enumerate(CLASSES.values()) if word in listed)
    for word in frozenset().union(*CLASSES.values())
}


def pack(written: Iterable[str]) -> int:
    """The nine counts of some words, in small letters, as one number; such numbers may be added and subtracted."""
    return sum(map(_PLACES.get, written, repeat(0)))


def unpack(packed: int) -> tuple[int, ...]:
    """The nine counts in the order of `CLASSES`."""
    return tuple((packed >> (_BITS * place)) & ((1 << _BITS) - 1) for place in range(len(CLASSES)))


def count_known(written: Iterable[str]) -> int:
    """How many of some words, in small letters, carry grammar alone."""
    return sum(map(_PLACES.__contains__, written))
