"""Feedback: the client is asked how the work is, and the work changes with the answer."""

from dataclasses import replace

from attune.practices import marks
from attune.practices.evidence import Evidence, Wish
from attune.practices.reading import Reading, Said, Sentence, Sure, about, mark
from attune.practices.spoken import with_places
from attune.practices.wishes import said

practice = "feedback"
question = mark("What does the client ask for, and does asking make a difference?")
sources: tuple[str, ...] = (
    mark("the line on asking"),
    mark("more of and less of, in the client’s words, and what was said at any time"),
    mark("what was answered, and what the client says came of it"),
    mark("feedback asked for in a transcript"),
)

#: So many wishes stand in one line; the others are on the client's page.
AT_ONCE = 2
DAYS = (
    mark("since today"),
    mark("one day"),
    mark("two days"),
    mark("three days"),
    mark("four days"),
    mark("five days"),
    mark("six days"),
    mark("seven days"),
    mark("eight days"),
    mark("nine days"),
)
#: What came of an answer, as the client says. Not said yet is an answer, too.
CAME = {
    "better": mark("better"),
    "same": mark("the same"),
    "worse": mark("worse"),
    "not_yet": mark("not yet"),
    "all_right": mark("that is all right"),
    "not_right": mark("not all right"),
}


def read(evidence: Evidence) -> Reading:
    """What waits for an answer; else what came of the last answers. And where the client was asked."""
    rests = _asked(marks.quiet(evidence, practice), evidence)
    if evidence.early:
        return rests
    if waiting := [wish for wish in evidence.wishes if wish.waits]:
        return replace(
            _small(rests, mark("You owe"), [_waits(evidence, wish) for wish in waiting[:AT_ONCE]]),
            could_do=(
                Sentence(mark("Say what you will change, or why you keep it, and ask whether that is all right.")),
            ),
        )
    if news := [wish for wish in evidence.wishes if _is_new(evidence, wish)]:
        return replace(
            _small(rests, mark("What came of it"), [_came(evidence, wish) for wish in news[-AT_ONCE:]]),
            could_do=()
            if all(wish.verdict for wish in news)
            else (about(evidence.client, mark("Ask {object} whether it was felt.")),),
        )
    return rests


def _small(rests: Reading, heading: str, wishes: list[Said]) -> Reading:
    return replace(
        rests,
        kind="small",
        heading=Sentence(heading),
        sentences=rests.sentences if rests.kind == "small" else (),
        said=tuple(wishes),
        sure=Sure("sure", Sentence(mark("it is what was written."))),
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


def _waits(evidence: Evidence, wish: Wish) -> Said:
    if wish.reopened:
        plural = evidence.client.pronouns.plural
        source = mark("{Subject} say: {came}. Let us talk.") if plural else mark("{Subject} says: {came}. Let us talk.")
        return said(wish, about(evidence.client, source, came=Sentence(CAME[wish.verdict])))
    days = Sentence(DAYS[wish.days]) if wish.days < len(DAYS) else Sentence(mark("{days} days"), {"days": wish.days})
    return said(wish, Sentence(mark("Unanswered, {days}."), {"days": days}))


def _is_new(evidence: Evidence, wish: Wish) -> bool:
    """Told since the last session; or answered since the one before it, and nothing said to it so far."""
    if wish.answer in ("", "talk"):
        return False
    if wish.told_at is not None:
        return wish.told_at > evidence.sessions[-1].starts_at
    return wish.answered_at is not None and wish.answered_at > evidence.sessions[-2].starts_at


def _came(evidence: Evidence, wish: Wish) -> Said:
    parts = {"day": wish.since or (wish.answered_at.date() if wish.answered_at else "")}
    if not wish.verdict:
        untold = (
            mark("You changed it from {day}; whether it was felt is not said yet.")
            if wish.answer == "changed"
            else mark("You kept it on {day}; whether that is all right is not said yet.")
        )
        return said(wish, Sentence(untold, parts))
    plural, by_ear = evidence.client.pronouns.plural, wish.by_ear
    came = Sentence(CAME[wish.verdict])
    if by_ear:
        told = mark("{came}, as you entered it.")
    else:
        told = mark("{subject} say: {came}.") if plural else mark("{subject} says: {came}.")
    source = mark("Changed from {day}; {told}") if wish.answer == "changed" else mark("Kept on {day}; {told}")
    return said(wish, Sentence(source, {**parts, "told": about(evidence.client, told, came=came)}))
