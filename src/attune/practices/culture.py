"""Culture: room for all of who the client is, and nothing read from a group's name."""

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, mark

practice = "culture"
question = mark("Was there room for all of who the client is?")
sources: tuple[str, ...] = (mark("the line on room for all of me"),)


def read(evidence: Evidence) -> Reading:
    """Only its own line so far. What the client wrote about themselves is theirs to open, topic by topic."""
    return marks.quiet(evidence, practice)
