"""Feedback: the client is asked how the work is, and the work changes with the answer."""

from dataclasses import replace

from attune.practices import marks
from attune.practices.evidence import After, Evidence
from attune.practices.reading import Reading, Said, Sentence, Sure, mark
from attune.practices.spoken import with_places

practice = "feedback"
question = mark("What does the client ask for, and does asking make a difference?")
sources: tuple[str, ...] = (
    mark("the line on asking"),
    mark("more of and less of, in the client’s words"),
    mark("feedback asked for in a transcript"),
)


def read(evidence: Evidence) -> Reading:
    """What the client would like more or less of since last time: it waits for an answer. And where they were asked."""
    rests = _asked(marks.quiet(evidence, practice), evidence)
    said = () if evidence.early or evidence.last_after is None else _wishes(evidence.last_after)
    if not said:
        return rests
    return replace(
        rests,
        kind="small",
        heading=Sentence(mark("Asked for")),
        sentences=rests.sentences if rests.kind == "small" else (),
        said=said,
        sure=Sure("sure", Sentence(mark("it is what was written."))),
        could_do=(Sentence(mark("Say what you will change, or why you keep it, and ask whether that is all right.")),),
    )


def _asked(quiet: Reading, evidence: Evidence) -> Reading:
    heard = evidence.last.spoken if evidence.last else None
    return with_places(
        quiet,
        evidence,
        heard.feedback if heard else None,
        mark("You asked"),
        mark("In session {session} you asked how the work is, at {lines} of the transcript."),
    )


def _wishes(after: After) -> tuple[Said, ...]:
    wishes = ((mark("More of:"), after.more.strip()), (mark("Less of:"), after.less.strip()))
    return tuple(Said(words, lead=Sentence(lead)) for lead, words in wishes if words)
