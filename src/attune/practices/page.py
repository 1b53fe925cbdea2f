"""The composed brief: a frozen tree in which everything is decided, so that a template only prints it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from attune.practices.reading import Basis, Line, Plain, Reading, Said, Sentence, Sure, english, mark

#: What each link is called. A block names the ones that it wants.
LINKS = {
    "show": mark("Show me"),
    "words": mark("Other words"),
    "do": mark("What could I do"),
    "concern": mark("Read and answer it"),
}

#: So many letters without a blank are a word; more count as several.
LONGEST_WORD = 40
#: Kinds whose sentences run on behind the heading.
RUNS_ON = ("quiet", "nothing_new", "alone", "no_readings")


@dataclass(frozen=True)
class Try:
    """Words to try: those that stand on the page, and those behind "Other words"."""

    first: tuple[Sentence, ...] = ()
    other: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Block:
    """One part of the page. `tone`: none, `amber` (worth a conversation) or `red` (safety), never decoration.

    `kind`: `concern`, `asks`, `conversation`, `celebrate`, `small`, `quiet`, `nothing_new`; for a couple or a family
    also `alone` and `no_readings`. `about` is the line of practices, `aside` what stands beside the heading instead.
    """

    kind: str
    heading: Sentence
    about: Sentence | None = None
    aside: Sentence | None = None
    sentences: tuple[Sentence, ...] = ()
    said: tuple[Said, ...] = ()
    sure: Sure | None = None
    why: Sentence | None = None
    tries: Try = Try()
    could_do: tuple[Sentence, ...] = ()
    practices: tuple[str, ...] = ()
    basis: Basis = field(default_factory=Basis)
    links: tuple[str, ...] = ()
    tone: str = ""


@dataclass(frozen=True)
class Page:
    """One brief. `facts` stand beside the name, `sources` under it; `readings` are all eight, for "more"."""

    name: str
    facts: tuple[Sentence, ...]
    sources: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    made_at: datetime
    quiet: bool = False
    readings: tuple[Reading, ...] = ()


#: Which part of a page speaks for all of it in one line.
_SPEAKS = ("conversation", "celebrate", "small", "quiet")


def headline(page: Page) -> Block | None:
    """The part that stands for the page in a list; None where nothing of it may (danger, or several clients).

    What the client asks of today is not among them: it may hold what they had left unsaid, which is for the brief.
    """
    kinds = {block.kind: block for block in reversed(page.blocks) if block.said or block.sentences}
    if not page.readings or "concern" in kinds:
        return None
    return next((kinds[kind] for kind in _SPEAKS if kind in kinds), None)


def as_text(page: Page) -> str:
    """The page in English lines: bold, italics and links as in Markdown, words in straight quotation marks."""
    head = " · ".join((f"**{page.name}**", *map(str, page.facts)))
    sources = f"*{' '.join(map(str, page.sources))}*"
    return "\n\n".join(("\n".join((head, sources)), *("\n".join(_lines(block)) for block in page.blocks)))


def count_words(page: Page) -> int:
    """The words that stand on the page, signs not counted; what has no end of a word counts by its letters."""
    return sum(-(-len(word) // LONGEST_WORD) for word in re.findall(r"\S*\w\S*", as_text(page)))


def _lines(block: Block) -> Iterator[str]:
    running = (_text(sentence) for sentence in block.sentences)
    head = " · ".join((f"**{block.heading}**", *(_text(part) for part in (block.about, block.aside) if part)))
    if block.kind in RUNS_ON:
        yield " ".join((head, *running))
        return
    yield head
    if block.sentences:
        yield " ".join(running)
    yield from map(_quoted, block.said)
    if block.sure and block.why:
        yield f"*How sure:* {_text(block.sure.words)} Why: {_text(block.why)}"
    yield from (f'*Words to try:* "{_text(words)}"' for words in block.tries.first)
    if block.links:
        yield " ".join(f"[{LINKS[link]}]" for link in block.links)


def _quoted(said: Said) -> str:
    quote = [f'"{said.text}"' + (" …" if said.cut else "")] if said.text else []
    return " ".join(
        (*(_text(lead) for lead in (said.lead,) if lead), *quote, *(_text(by) for by in (said.origin,) if by))
    )


def _text(sentence: Sentence) -> str:
    return sentence.render(show=_shown)


def _shown(value: Plain) -> str:
    return f"*{english(value)}*" if isinstance(value, Line) else english(value)
