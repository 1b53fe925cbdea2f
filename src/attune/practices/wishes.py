"""A wish as it stands on a page: the client's own words, with what they asked for before them."""

from attune.practices.evidence import Wish
from attune.practices.reading import Said, Sentence, mark

LEADS = {"more": mark("More of:"), "less": mark("Less of:"), "any": mark("Not working, or otherwise:")}


def said(wish: Wish, origin: Sentence | None = None) -> Said:
    """The words, unaltered."""
    return Said(wish.text.strip(), lead=Sentence(LEADS[wish.kind]), origin=origin)
