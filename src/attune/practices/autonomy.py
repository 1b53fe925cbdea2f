"""Autonomy: the next step is the client's own, and small acts of agency are noticed."""

from dataclasses import replace

from attune.practices import marks
from attune.practices.evidence import Evidence, Step
from attune.practices.reading import Reading, Said, Sentence, Sure, about, mark

practice = "autonomy"
question = mark("What did the client choose, and do, on their own?")
sources: tuple[str, ...] = (mark("the line on the next step"), mark("the client’s own steps"))


def read(evidence: Evidence) -> Reading:
    """A step that the client has told of since last time: done or partly done is celebrated; changed is fine too."""
    rests = marks.quiet(evidence, practice)
    step = None if evidence.early else _told(evidence)
    if step is None:
        return rests
    changed = step.outcome == "changed"
    return replace(
        rests,
        kind="small" if changed else "celebrate",
        heading=Sentence(mark("A change of mind") if changed else mark("Celebrate")),
        sentences=_changed(evidence) if changed else (),
        said=(Said(step.words.strip() or step.text.strip(), origin=_origin(evidence, step)),),
        sure=Sure("sure", Sentence(mark("it is what was written."))),
        could_do=(Sentence(mark("Ask how it was done, if that is welcome: you were not there.")),),
    )


def _told(evidence: Evidence) -> Step | None:
    """The step told of last, if that was since the last session began: a page does not celebrate twice."""
    since = evidence.sessions[-1].starts_at
    told = [(step.told_at, step) for step in evidence.steps if step.told_at and step.told_at >= since]
    return max(told, key=lambda pair: pair[0])[1] if told else None


def _changed(evidence: Evidence) -> tuple[Sentence, ...]:
    source = mark("{Subject} changed {possessive} mind, and said so. That counts as much as doing it.")
    return (about(evidence.client, source),)


def _origin(evidence: Evidence, step: Step) -> Sentence:
    """Where the words come from; whether it was done is said only when the client's own words are missing."""
    if step.words.strip() or step.outcome == "changed":
        source = mark("{Possessive} own step, session {session}.")
    elif step.outcome == "partly":
        source = mark("{Possessive} own step, session {session}: done in part.")
    else:
        source = mark("{Possessive} own step, session {session}: done.")
    return about(evidence.client, source, session=step.session)
