"""Presence: the client is noticed, and what was said lands."""

from dataclasses import replace

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, Said, Sentence, Sure, mark

practice = "presence"
question = mark("Was the client noticed as they really were, and what landed?")
sources: tuple[str, ...] = (mark("the line on being noticed"), mark("what the client wants to keep"))


def read(evidence: Evidence) -> Reading:
    """What the client wants to keep from last time: the only direct evidence of what landed."""
    rests = marks.quiet(evidence, practice)
    last, after = evidence.last, evidence.last_after
    if evidence.early or last is None or after is None or not after.kept.strip():
        return rests
    origin = Sentence(mark("From session {session}."), {"session": last.number})
    return replace(
        rests,
        kind="small",
        heading=Sentence(mark("To keep")),
        sentences=(),
        said=(Said(after.kept.strip(), origin=origin),),
        sure=Sure("sure", Sentence(mark("it is what was written."))),
    )
