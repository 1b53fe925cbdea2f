"""From a story to the weeks of its clients: what they wrote is theirs, their marks come from the simulator."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from attune.care.checkins.fields import AGAIN, HELPED
from attune.care.questionnaires.rules import form_of_session
from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import PRACTICES, Answers, Course, Week, marks
from attune_science.simulate import THREE, Answered, Burden, Marked, Marker, World, course, outcome

#: Where several come, the absence of the first calls the appointment off for all.
_FIRST = World(unanswered=0.06)
_OTHERS = replace(_FIRST, missed=dict.fromkeys(_FIRST.missed, 0.0))
#: How often the check-in before a session is left, and the questionnaire's error in points.
_NO_BEFORE, _ERROR = 0.12, 1.5
#: From this session on a client is asked how it was compared with their usual; a fall of so many points is *much*.
_COMPARED_FROM, _MUCH = 3, 1.5
#: How a client wants it gone about, where their story does not tell.
_HOW = ("all_right", "leave", "i_will", "bring_it_up")
#: A therapist does not put tens in a client's mouth.
_FORETOLD_AT_MOST = 9.0


def draw_courses(story: Story) -> list[Course]:
    """A course for each client; the same story is always the same courses."""
    people = [_draw(told, story, _OTHERS if place else _FIRST) for place, told in enumerate(story.people)]
    first = people[0]
    came = [first.came(session) for session in first.marked]
    return [Course(list(one.weeks(came)), one.ahead(), place=story.place, every=story.every) for one in people]


def _draw(told: Told, story: Story, world: World) -> "_Drawn":
    chance = Random(f"{told.name}, {story.planned} sessions")  # noqa: S311 - made-up marks need no secrecy
    leanings = tuple(chance.gauss(0, 0.4) for _ in PRACTICES)
    marker = Marker(told.level, told.spread, leanings)
    marked = course(chance, story.planned, marker=marker, events=told.events, world=world)
    return _Drawn(told, story, chance, marked, _burden(chance, told, story))


def _burden(chance: Random, told: Told, story: Story) -> Mapping[int, Answered]:
    if told.asks is None:
        return {}
    start, slope = told.burden
    ease = (("item-9", told.danger),) if told.asks[0] == "phq-9" else ()
    own = Burden(told.asks[0], start, spread=0, error=_ERROR, slope=slope, ease=ease)
    return {one.session: one for one in outcome(chance, range(1, story.planned + 1), own)}


@dataclass(frozen=True)
class _Drawn:
    told: Told
    story: Story
    chance: Random
    marked: Sequence[Marked]
    burden: Mapping[int, Answered]

    def came(self, session: Marked) -> bool:
        """Whoever has something to say in the story was there."""
        return session.attended or session.number in self.told.after or session.number in self.told.before

    def weeks(self, came: Sequence[bool]) -> Iterator[Week]:
        """Every planned session; those that nobody came to are cancelled."""
        held = 0
        for session, there in zip(self.marked, came, strict=True):
            held += there
            yield self._week(session, held) if there else Week(cancelled=True)

    def ahead(self) -> Answers | None:
        """What they send before the appointment ahead."""
        return self._before(len(self.marked) + 1)

    def _week(self, session: Marked, held: int) -> Week:
        lines = PRACTICES if self._form(held) == "eight" else THREE
        return Week(
            after=self._after(session, lines, held),
            before=self._before(session.number),
            thought=self._thought(session, lines, held),
            asks=self.told.asks if session.number == 1 else None,
            rides=self._rides(session.number),
            on_paper=self.told.on_paper,
            replies=self.told.replies.get(session.number, {}),
        )

    def _form(self, held: int) -> str:
        return form_of_session(held, always_eight=self.told.always_eight and held > 1)

    def _helped(self, number: int) -> Answers:
        return {HELPED: "interpreter"} if number <= self.told.interpreted else {}

    def _before(self, number: int) -> Answers | None:
        words = self.told.before.get(number)
        if words is None and self.chance.random() < _NO_BEFORE:
            return None
        start, end = self.told.wellbeing
        way = math.log(number) / math.log(max(self.story.planned, 2))
        mark = round(self.chance.gauss(start + (end - start) * way, 0.8))
        return {"wellbeing": str(min(max(mark, 0), 10)), **self._helped(number), **(words or {})}

    def _after(self, session: Marked, lines: Sequence[str], held: int) -> Answers | None:
        words = self.told.after.get(session.number)
        given = session.marks
        if given is None and words is not None:  # they wrote something, so they answered; the marks of the time before
            given = next((one.marks for one in reversed(self.marked[: session.number]) if one.marks), None)
        if given is None:
            return None
        by_line = dict(zip(PRACTICES, given, strict=True))
        answers = marks(*(by_line[line] for line in lines), hurt=session.hurt or "no")
        answers |= {**self._compared(session, held), **self._helped(session.number), **(words or {})}
        if answers["hurt"] in ("small", "yes"):
            answers.setdefault("how", self.chance.choice(_HOW))
        return answers

    def _compared(self, session: Marked, held: int) -> Answers:
        if held < _COMPARED_FROM:
            return {}
        if session.fall and session.state in ("rupture", "bad-day"):
            return {"relative": "much_harder" if session.fall >= _MUCH else "a_little_harder"}
        drawn = self.chance.choices(("as_usual", "a_little_easier", ""), (80, 15, 5))[0]
        return {"relative": drawn} if drawn else {}

    def _thought(self, session: Marked, lines: Sequence[str], held: int) -> Answers | None:
        if not self.story.foretold or held % self.story.foretold:
            return None
        middle = min(self.told.level, _FORETOLD_AT_MOST) + 0.5 * (session.therapist or 0.0)
        guesses = (min(max(round(self.chance.gauss(middle, 0.5)), 0), 10) for _ in lines)
        return marks(*guesses, open=str(self.chance.choice((7, 8, 8, 9))))

    def _rides(self, number: int) -> Answers:
        """The questionnaire as it would be answered before this session, should it be asked."""
        if self.told.asks is None:
            return {}
        key = self.told.asks[0]
        answers = {f"{key}.{item}": str(value) for item, value in self.burden[number].answers.items()}
        less = self.told.asked_less
        if less is not None and less <= number < less + self.told.asks[1]:  # the once that it comes in this time
            answers[f"{AGAIN}{key}"] = "less"
        return answers
