"""Acceptance: welcome, whatever was felt, thought or done."""

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, mark

practice = "acceptance"
question = mark("Did the client stay welcome, whatever was said?")
sources: tuple[str, ...] = (mark("the line on feeling welcome"),)


def read(evidence: Evidence) -> Reading:
    """Only its own line so far: a fall on it is told with the event it belongs to, or not at all."""
    return marks.quiet(evidence, practice)
