"""Repair: something came between the two, and it can be said. Only the client's own word raises it."""

from attune.practices import marks
from attune.practices.evidence import After, Evidence
from attune.practices.reading import Basis, Figure, Line, Part, Reading, Sentence, Sure, about, mark
from attune.practices.wishes import said

practice = "repair"
question = mark("Did something come between you, and is it easy to say so?")
sources: tuple[str, ...] = (
    mark("the question whether something hurt, bothered or confused"),
    mark("the line against your usual"),
    mark("the line on saying so"),
    mark("your own guess of the marks"),
    mark("a wish that was kept as it was twice in a row"),
)

# After "leave it for now" the same thing rests for three sessions. A new hurt is the client's own wish, and does not.
RESTS = 3

# So many answers in a row that keep a wish as it was may be about the task.
KEPT = 2

# Two practices are named beside repair: one event is one block, and the rest is behind "Show me".
COMPANIONS = 2

NUMBERS = (mark("two"), mark("three"), mark("four"), mark("five"), mark("six"))

# How sure, by what was said (True: the question about hurt; False: only the line against the usual) and by the marks.
SURE = {
    (True, "lower"): mark("{subject} said so; marks alone, maybe chance."),
    (True, "level"): mark("{subject} said so; {possessive} marks do not show it."),
    (True, "none"): mark("{subject} said so; there are no marks to set beside it."),
    (False, "lower"): mark("{subject} said so, on one line; marks alone, maybe chance."),
    (False, "level"): mark("{subject} said so, on one line; {possessive} marks do not show it."),
    (False, "none"): mark("{subject} said so, on one line; there are no marks to set beside it."),
}


def read(evidence: Evidence) -> Reading:
    """What the client said came between, and how they want it taken; marks stand beside it and raise nothing."""
    after = evidence.last_after
    if evidence.early or after is None or not (after.hurtful or after.harder):
        return _kept_twice(evidence)
    if after.hurtful and after.how == "leave":
        return _small(evidence, mark("For now"), _left(evidence))
    if after.hurtful and after.how == "all_right":
        return _small(evidence, mark("All right again"), _all_right(evidence))
    if not after.hurtful and (session := _asked_to_leave(evidence)):
        return _small(evidence, mark("For now"), _resting(evidence, session))
    return _raised(evidence, after)


def _raised(evidence: Evidence, after: After) -> Reading:
    stand = _stand(evidence)
    they_will = after.hurtful and after.how == "i_will"
    return Reading(
        practice,
        "conversation",
        Sure("sure" if after.hurtful else "fair", about(evidence.client, SURE[after.hurtful, stand])),
        heading=Sentence(mark("Worth a conversation")),
        sentences=(*_word(evidence, after, stand), *_marks(evidence)),
        why=about(evidence.client, mark("{possessive} words, not ours.")),
        basis=_basis(evidence),
        words=() if they_will else _words_to_try(evidence, after),
        could_do=_could_do(evidence, after),
        companions=_companions(evidence),
    )


def _kept_twice(evidence: Evidence) -> Reading:
    """Twice in a row the same wish was kept as it was: it may be about the task, and only the client can say."""
    wish = next((one for one in evidence.wishes if one.kept >= KEPT and one.verdict != "all_right"), None)
    if evidence.early or wish is None:
        return marks.quiet(evidence, practice)
    asked = mark(
        "{Subject} asked for this, and you kept it as it was, twice in a row. It may be about what you do here."
    )
    return Reading(
        practice,
        "conversation",
        Sure("thin", about(evidence.client, mark("{subject} has not said that anything came between you."))),
        heading=Sentence(mark("Worth a conversation")),
        sentences=(about(evidence.client, asked),),
        said=(said(wish),),
        why=about(evidence.client, mark("{possessive} wish and your answers; what it means, nobody has said.")),
        words=(Sentence(mark("You asked for this, and twice I kept it as it was. How is that for you?")),),
        could_do=(Sentence(mark("Ask before you explain it once more.")),),
        companions=("collaboration",),
    )


def _small(evidence: Evidence, heading: str, sentence: Sentence) -> Reading:
    sure = Sure("sure", about(evidence.client, mark("{subject} said so.")))
    return Reading(
        practice,
        "small",
        sure,
        heading=Sentence(heading),
        sentences=(sentence,),
        basis=_basis(evidence),
        companions=_companions(evidence),
    )


def _companions(evidence: Evidence) -> tuple[str, ...]:
    """The practices whose lines fell with it, the largest fall first; two are named, the rest is behind "Show me"."""
    return tuple(fall.practice for fall in marks.falls(evidence) if fall.practice != practice)[:COMPANIONS]


def _left(evidence: Evidence) -> Sentence:
    one, many = mark("{Subject} asks to leave {when} for now."), mark("{Subject} ask to leave {when} for now.")
    days = (evidence.ahead.starts_at.date() - evidence.sessions[-1].starts_at.date()).days
    # "Last week" is how a weekly rhythm speaks; after a longer or shorter gap it would be wrong.
    when = Sentence(mark("last week") if 5 <= days <= 9 else mark("last time"))
    return about(evidence.client, many if evidence.client.pronouns.plural else one, when=when)


def _all_right(evidence: Evidence) -> Sentence:
    source = mark("Something came between you in session {session}; {subject} said that it is already all right.")
    return about(evidence.client, source, session=evidence.sessions[-1].number)


def _resting(evidence: Evidence, session: int) -> Sentence:
    source = mark("{Subject} found it harder. After session {session} {subject} asked to leave such a thing: it rests.")
    return about(evidence.client, source, session=session)


def _asked_to_leave(evidence: Evidence) -> int | None:
    before = evidence.sessions[-1 - RESTS : -1]
    return next((held.number for held in reversed(before) if held.after and held.after.how == "leave"), None)


def _stand(evidence: Evidence) -> str:
    """How the marks stand to what was said: `lower`, `level`, or `none` where there is nothing to compare."""
    seen = marks.overall(evidence)
    if marks.falls(evidence) or (seen and seen.lower):
        return "lower"
    return "level" if seen and seen.before else "none"


def _word(evidence: Evidence, after: After, stand: str) -> tuple[Sentence, ...]:
    """The client's word. Where the marks show it and the client leaves the rest to you, they speak for it."""
    client = evidence.client
    if after.hurtful and after.how == "i_will":
        return (about(client, mark("{Subject} said that {subject} will bring it up: leave room, and wait.")),)
    if after.hurt == "yes" and stand != "lower":
        return (about(client, mark("{Subject} said that something between you hurt, bothered or confused {object}.")),)
    if after.hurt == "small":
        return (about(client, mark("{Subject} said that a small thing hurt, bothered or confused {object}.")),)
    if after.hurtful:
        return ()
    much = mark("{Subject} found working together much harder than usual. A hard hour can be a good one.")
    little = mark("{Subject} found working together a little harder than usual. A hard hour can be a good one.")
    return (about(client, much if after.relative == "much_harder" else little),)


def _marks(evidence: Evidence) -> tuple[Sentence, ...]:
    found = [_overall(evidence), _lowest(evidence)]
    if marks.seemed_ordinary(evidence):
        found.append(Sentence(mark("To you it had been an ordinary session.")))
    return tuple(sentence for sentence in found if sentence)


def _overall(evidence: Evidence) -> Sentence | None:
    seen = marks.overall(evidence)
    if seen is None:
        return None
    distinct = {f"{mean:.1f}" for mean in seen.before}
    if not seen.before:
        source = mark("{Possessive} check-in after session {session} was {now}.")
    elif len(seen.before) == 1:
        source = mark("{Possessive} check-in after session {session} was {now}; the one before, {low}.")
    elif len(distinct) == 1:
        source = mark("{Possessive} check-in after session {session} was {now}; the {count} before, all {low}.")
    else:
        source = mark("{Possessive} check-in after session {session} was {now}; the {count} before, {low} to {high}.")
    return about(evidence.client, source, session=evidence.sessions[-1].number, **_figures(seen))


def _figures(seen: marks.Overall) -> dict[str, Part]:
    figures: dict[str, Part] = {"now": seen.now}
    if seen.before:
        figures |= {"low": min(seen.before), "high": max(seen.before)}
    if len(seen.before) > 1:
        figures["count"] = Sentence(NUMBERS[len(seen.before) - 2])
    return figures


def _lowest(evidence: Evidence) -> Sentence | None:
    """The two largest falls, in the order of practices."""
    largest = marks.falls(evidence)[:2]
    if not largest:
        return None
    lines = tuple(_fell(fall) for fall in marks.falls_in_order(largest))
    return Sentence(mark("Lowest: {lines}."), {"lines": lines})


def _fell(fall: marks.Fall) -> Sentence:
    return Sentence(mark("{line} ({was} to {now})"), {"line": Line(fall.practice), "was": fall.was, "now": fall.now})


def _words_to_try(evidence: Evidence, after: After) -> tuple[Sentence, ...]:
    """Words that name their true source, the form: "lower" only where a mark was, "harder" only where that was said."""
    seen = marks.overall(evidence)
    if seen and seen.lower:
        first = mark(
            "You marked our last meeting lower, and I am glad you did. "
            "I would like to hear about it, when and how it suits you."
        )
    elif after.hurtful:
        first = mark(
            "You let me know that something between us did not sit well, and I am glad you did. "
            "I would like to hear about it, when and how it suits you."
        )
    else:
        first = mark(
            "You marked our last meeting as harder, and I am glad you did. "
            "I would like to hear about it, when and how it suits you."
        )
    return Sentence(first), Sentence(mark("You do not have to look after me in this."))


def _could_do(evidence: Evidence, after: After) -> tuple[Sentence, ...]:
    if after.hurtful and after.how == "i_will":
        return (about(evidence.client, mark("Leave room early in the hour. If nothing comes, let it be.")),)
    asked = (about(evidence.client, mark("{Subject} asked you to bring it up: say that the check-in told you.")),)
    rest = (
        Sentence(mark("Own your part before you explain anything.")),
        about(evidence.client, mark("If {subject} would rather not, let it be: that is a full answer.")),
    )
    return asked + rest if after.how == "bring_it_up" else rest


def _basis(evidence: Evidence) -> Basis:
    """All lines of the event, each with the time before, and what the therapist had expected."""
    rows: list[Figure] = []
    for fallen in marks.falls_in_order(marks.falls(evidence)):
        rows += marks.figures(evidence, fallen.practice)[-2:]
    limits = (
        Sentence(mark("The check-in is not yet validated. Marks wander with nothing the matter.")),
        Sentence(mark("No rule explains a cause; only people can.")),
    )
    return Basis(tuple(rows) or marks.figures(evidence, practice)[-2:], _expected(evidence), limits)


def _expected(evidence: Evidence) -> tuple[Sentence, ...]:
    seen, expected = marks.overall(evidence), marks.expected(evidence)
    if seen is None or expected is None:
        return ()
    return (Sentence(mark("You had expected {expected}; it was {now}."), {"expected": expected, "now": seen.now}),)
