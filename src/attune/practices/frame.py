"""Frame: times, confidentiality and agreements kept."""

from attune.practices import marks
from attune.practices.evidence import Change, Evidence
from attune.practices.reading import Basis, Reading, Sentence, Sure, about, mark

practice = "frame"
question = mark("Does what was agreed happen?")
sources: tuple[str, ...] = (
    mark("the line on agreed things"),
    mark("times that were moved or cancelled on your side"),
)

CHANGED = {
    "moved": mark("On your side, this meeting was moved from {date}."),
    "cancelled": mark("On your side, the meeting of {date} was cancelled."),
}


def read(evidence: Evidence) -> Reading:
    """It looks at the therapist: what was changed on their side since the last session is worth a word.

    A time that the client moved, cancelled or missed is read here as nothing, like a check-in left out.
    """
    changed = next((one for one in evidence.changes if one.side == "therapist" and one.what in CHANGED), None)
    if evidence.early or changed is None:
        return marks.quiet(evidence, practice)
    return _small(evidence, changed)


def _small(evidence: Evidence, changed: Change) -> Reading:
    return Reading(
        practice,
        "small",
        Sure("sure", Sentence(mark("it was entered so."))),
        sentences=(Sentence(CHANGED[changed.what], {"date": changed.starts_at.date()}),),
        basis=Basis(
            marks.figures(evidence, practice)[-2:],
            limits=(Sentence(mark("What it was like, only {name} can say."), {"name": evidence.client.name}),),
        ),
        could_do=(about(evidence.client, mark("Leave room to hear what the change was like for {object}.")),),
    )
