"""Collaboration: methods and decisions in the open, shared as much as the client wants."""

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, mark

practice = "collaboration"
question = mark("Was it decided together, as much as the client wanted?")
sources: tuple[str, ...] = (mark("the line on deciding together"),)


def read(evidence: Evidence) -> Reading:
    """Only its own line so far. What the client asks of today stands first on the page and needs no lens."""
    return marks.quiet(evidence, practice)
