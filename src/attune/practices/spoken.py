"""What a transcript says to a lens: the practice was used in the last session, and where. Never how it was received."""

from dataclasses import replace

from attune.practices.evidence import Evidence
from attune.practices.reading import Basis, Part, Reading, Sentence, Sure, mark

#: So many lines are named; the others stand in the transcript.
NAMED = 3
LIMITS = (
    Sentence(mark("Rules look for forms of words: they miss some, and find some that meant something else.")),
    Sentence(mark("A transcript tells which practice was used, and where; not how it was received.")),
)


def with_places(
    quiet: Reading, evidence: Evidence, places: tuple[int, ...] | None, heading: str, source: str
) -> Reading:
    """The reading with the lines at which its practice was heard; as it was, where there are none.

    `source` is a sentence with {session}, {count} and {lines}.
    """
    last = evidence.last
    if evidence.early or last is None or not places:
        return quiet
    named = tuple(dict.fromkeys(places))  # two in one line are two times, at one place
    lines = tuple(Sentence(mark("line {line}"), {"line": line}) for line in named[:NAMED])
    rest = Sentence("…") if len(named) > NAMED else None
    parts: dict[str, Part] = {
        "session": last.number,
        "count": len(places),
        "lines": (*lines, *((rest,) if rest else ())),
    }
    return replace(
        quiet,
        kind="small",
        heading=Sentence(heading),
        sentences=(Sentence(source, parts),),
        sure=Sure("fair", Sentence(mark("it was found by a rule in the transcript."))),
        basis=Basis(quiet.basis.figures, quiet.basis.notes, (*quiet.basis.limits, *LIMITS)),
    )
