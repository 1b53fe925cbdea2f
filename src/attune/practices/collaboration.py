"""Collaboration: methods and decisions in the open, shared as much as the client wants."""

from attune.practices import marks
from attune.practices.evidence import Evidence
from attune.practices.reading import Reading, mark
from attune.practices.spoken import with_places

practice = "collaboration"
question = mark("Was it decided together, as much as the client wanted?")
sources: tuple[str, ...] = (mark("the line on deciding together"), mark("open invitations in a transcript"))


def read(evidence: Evidence) -> Reading:
    """Its own line, and where the client was asked openly. What they ask of today stands first and needs no lens."""
    rests = marks.quiet(evidence, practice)
    heard = evidence.last.spoken if evidence.last else None
    places = (heard.invitations if heard else None) or ()
    once = mark("In session {session} you asked openly once, at {lines} of the transcript.")
    several = mark("In session {session} you asked openly {count} times, at {lines} of the transcript.")
    return with_places(rests, evidence, places, mark("Opened"), once if len(places) == 1 else several)
