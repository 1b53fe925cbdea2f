"""A made-up episode as data: who takes part, for how long, what happens. Its words are written, its marks are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from attune.commands.demo.telling import Answers, Reply
from attune_science.simulate import Event


@dataclass(frozen=True)
class Told:
    """One client of a story. Sessions are counted as they were planned, some of them are cancelled.

    `level`, `spread`: how they mark, and `events`: what happens (`attune_science.simulate`). `before`, `after`:
    what they wrote, by session; `replies`: what was answered to the wishes among it. `wellbeing`: how they are at
    the start, and where that goes. `asks`: a questionnaire and its rhythm; `burden`: its total at the start, and
    the change for each unit of the logarithm of the session's number; `danger`: by how many steps its last item
    lies below the others. `asked_less`: from which session on they want to be asked it more rarely; `interpreted`:
    up to which session somebody interpreted.
    """

    name: str
    pronouns: str
    level: float
    spread: float = 0.5
    events: Sequence[Event] = ()
    wellbeing: tuple[float, float] = (4, 7)
    before: Mapping[int, Answers] = field(default_factory=dict)
    after: Mapping[int, Answers] = field(default_factory=dict)
    replies: Mapping[int, Mapping[str, Reply]] = field(default_factory=dict)
    asks: tuple[str, int] | None = None
    burden: tuple[float, float] = (0, 0)
    danger: float = -4.0
    asked_less: int | None = None
    always_eight: bool = False
    on_paper: bool = False
    interpreted: int = 0


@dataclass(frozen=True)
class Story:
    """One episode: its clients, how many sessions were planned, every how many weeks, on which day and at which hour.

    `ended`: so many weeks ago; None: it goes on. `foretold`: the therapist foretells every so many sessions; 0: never.
    `answers`: what the therapist wrote to a concern, in turn.
    """

    people: Sequence[Told]
    planned: int
    day: int
    hour: int
    every: int = 1
    ended: int | None = None
    place: str = ""
    foretold: int = 4
    answers: Sequence[str] = ()
