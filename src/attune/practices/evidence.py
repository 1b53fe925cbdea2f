"""What is known about one participant before a session: pure values, every time already in the reader's zone.

Evidence of one participant never holds another's words. What a client chose not to say is not here either: it looks
like a line left empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

#: The words that a check-in may bring for the two questions outside the score. "Rather not" is not among them.
RELATIVE = ("", "much_harder", "a_little_harder", "as_usual", "a_little_easier", "much_easier")
HURT = ("", "no", "small", "yes")
HOW = ("", "bring_it_up", "i_will", "leave", "all_right")
MOVED = ("", "lower", "higher", "within")
OUTCOMES = ("", "done", "partly", "changed")
#: What can happen to a time, and at whose wish (empty: nobody said). Why is asked of nobody.
CHANGED = ("moved", "cancelled", "not_seen")
WISHES = ("more", "less", "any")
ANSWERS = ("", "changed", "kept", "talk")
VERDICTS = ("", "better", "same", "worse", "not_yet", "all_right", "not_right")
SIDES = ("", "client", "therapist", "other")


@dataclass(frozen=True)
class Pronouns:
    """How a sentence speaks of a client. `plural`: the verb follows as with *they*."""

    subject: str
    object: str
    possessive: str
    shown: str = ""
    plural: bool = False


PRONOUNS: Mapping[str, Pronouns] = {
    "she": Pronouns("she", "her", "her", "she/her"),
    "he": Pronouns("he", "him", "his", "he/him"),
    "they": Pronouns("they", "them", "their", "they/them", plural=True),
}


@dataclass(frozen=True)
class Client:
    """The client, by the name that they use."""

    name: str
    pronouns: Pronouns


@dataclass(frozen=True)
class Marks:
    """Lines from 0 to 10 by practice (None: empty, or did not fit), and the two means by the form's own rule."""

    lines: Mapping[str, int | None]
    three: float | None = None
    eight: float | None = None


@dataclass(frozen=True)
class Before:
    """A check-in before a session. Both lines may be empty, and often are."""

    given_at: datetime
    today: str = ""
    unsaid: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """What was written, unsaid first: in one piece where the first part ends as a sentence, else in two."""
        parts = tuple(part.strip() for part in (self.unsaid, self.today) if part.strip())
        if len(parts) == 2 and parts[0].endswith((".", "!", "?", "…", "।", "؟")):
            return (" ".join(parts),)
        return parts


@dataclass(frozen=True)
class After:
    """A check-in after a session: the lines, the two questions outside the score, the client's own words."""

    given_at: datetime
    marks: Marks
    relative: str = ""
    hurt: str = ""
    how: str = ""
    kept: str = ""

    def __post_init__(self) -> None:
        """Refuse any other word: above all the one by which a client keeps something to themselves."""
        if self.relative not in RELATIVE or self.hurt not in HURT or self.how not in HOW:
            raise ValueError("This answer does not belong in the evidence: leave it out, as if the line were empty.")

    @property
    def harder(self) -> bool:
        """The client said that working together was harder than usual."""
        return self.relative in ("much_harder", "a_little_harder")

    @property
    def hurtful(self) -> bool:
        """The client said that something hurt, bothered or confused them."""
        return self.hurt in ("small", "yes")


@dataclass(frozen=True)
class Spoken:
    """What rules found in the transcript of a session: which practice was used, and at which lines (from 1).

    None: it could not be told, for instance in another language than the rules know. It never tells how anybody felt.
    """

    invitations: tuple[int, ...] | None = None
    feedback: tuple[int, ...] | None = None


@dataclass(frozen=True)
class SessionEvidence:
    """One session that was held. `predicted`: the therapist's marks, given before the client's were seen.

    `spoken`: from its transcript, where there is one.
    """

    number: int
    starts_at: datetime
    before: Before | None = None
    after: After | None = None
    predicted: Marks | None = None
    spoken: Spoken | None = None


@dataclass(frozen=True)
class Ahead:
    """The session that the brief is for. `place` as the reader says it: "video", "room 2", or nothing.

    Where no appointment is `planned`, `starts_at` is this hour, and is not said.
    """

    number: int
    starts_at: datetime
    place: str = ""
    before: Before | None = None
    planned: bool = True


@dataclass(frozen=True)
class Step:
    """A step that the client chose in a session, and what became of it in their own words. All outcomes are fine."""

    text: str
    session: int
    outcome: str = ""
    words: str = ""
    told_at: datetime | None = None

    def __post_init__(self) -> None:
        """An outcome is one of the three, told at a known time, or not told yet."""
        if self.outcome not in OUTCOMES or bool(self.outcome) != (self.told_at is not None):
            raise ValueError("A step is done, partly done or changed, with the time at which that was told; or open.")


@dataclass(frozen=True)
class Wish:
    """Something that the client asked for (`more`, `less`, `any`: at any time), and what came of it so far.

    `waits`: for an answer, `days` long; `reopened`: after a no to the answer before. `answer`: the last one, `since`
    when, told at `answered_at`; `kept`: how many of the last answers kept it as it was. `verdict`: what the client says
    came of it, at `told_at`; `by_ear`: as the therapist entered it.
    """

    kind: str
    text: str
    waits: bool = True
    days: int = 0
    reopened: bool = False
    answer: str = ""
    since: date | None = None
    answered_at: datetime | None = None
    kept: int = 0
    verdict: str = ""
    told_at: datetime | None = None
    by_ear: bool = False

    def __post_init__(self) -> None:
        """A kind, an answer and a verdict are among those that there are, and a change has its day."""
        if self.kind not in WISHES or self.answer not in ANSWERS or self.verdict not in VERDICTS:
            raise ValueError("A wish is more, less or any; it is changed, kept or to talk about, if it was answered.")
        if (self.answer == "changed") != (self.since is not None):
            raise ValueError("A change has its day, and nothing else has.")


@dataclass(frozen=True)
class Concern:
    """An answer told of danger, and no person has answered it yet."""

    raised_at: datetime


@dataclass(frozen=True)
class Measured:
    """A questionnaire that has come in since the last session: its score by rule, and how far that is from the first.

    `value` is None where too little was answered. `earlier` is the first score, if there was one before this.
    `moved`: `lower` or `higher` by more than the questionnaire's own error, `within` it, or empty where nobody can say.
    """

    name: str
    given_at: datetime
    value: int | float | None
    band: str = ""
    earlier: int | float | None = None
    earlier_at: datetime | None = None
    moved: str = ""

    def __post_init__(self) -> None:
        """A change is told of two scores, or not at all."""
        if self.moved not in MOVED or (self.moved and (self.value is None or self.earlier is None)):
            raise ValueError("A change needs two scores, and is lower, higher or within.")


@dataclass(frozen=True)
class Change:
    """A meeting since the last session that was called off, or a time from which the one ahead was moved.

    Missed is noticed, and never held against anybody: illness, fear, a bus and a child look alike from here.
    """

    what: str
    starts_at: datetime
    side: str = ""

    def __post_init__(self) -> None:
        """One of the things that can happen, at the wish of one of the sides."""
        if self.what not in CHANGED or self.side not in SIDES:
            raise ValueError("A time is moved, cancelled or not_seen, at the wish of client, therapist or other.")


@dataclass(frozen=True)
class Evidence:
    """All that the lenses may look at. Sessions held, and wishes, oldest first."""

    client: Client
    ahead: Ahead
    sessions: Sequence[SessionEvidence] = field(default=())
    steps: Sequence[Step] = field(default=())
    concerns: Sequence[Concern] = field(default=())
    measured: Sequence[Measured] = field(default=())
    changes: Sequence[Change] = field(default=())
    wishes: Sequence[Wish] = field(default=())

    @property
    def early(self) -> bool:
        """Fewer than two sessions held: nothing is read from so little. Safety alone is excepted."""
        return len(self.sessions) < 2

    @property
    def last(self) -> SessionEvidence | None:
        """The session held last."""
        return self.sessions[-1] if self.sessions else None

    @property
    def last_after(self) -> After | None:
        """The check-in after the session held last, if there is one."""
        return self.last.after if self.last else None
