"""Frame: times, confidentiality and agreements kept."""

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, mark

practice = "frame"
question = mark("Does what was agreed happen?")
sources: tuple[str, ...] = (mark("the line on agreed things"),)


def read(evidence: Evidence) -> Reading:
    """Only its own line so far. It looks at the therapist: a check-in left out is never held against a client."""
    return marks.quiet(evidence, practice)
