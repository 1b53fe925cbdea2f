"""A transcript in words: which practice, by which rule and with what limits; who spoke how much; the times."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from attune.insight.transcript_page import Practice, TranscriptPage
from attune.transcripts.readers import FEEDBACK, INVITATION
from attune_science import references
from attune_science.conversation.analysis import RoleMeasures
from attune_science.conversation.measures.rules import rulebook
from attune_science.conversation.measures.timing import Pace, Timing

ROLES = {
    "therapist": gettext_lazy("therapist"),
    "client": gettext_lazy("client"),
    "other": gettext_lazy("somebody else"),
}
#: The source that says no more than that a rule is ours.
OURS = "attune"


@dataclass(frozen=True)
class Kind:
    """What a finding is called, what its rules cannot know, and where they were measured, if they were."""

    code: str
    name: Promise
    none: Promise
    limits: Promise
    measured: str = ""

    @property
    def sources(self) -> list[str]:
        """The references of its rules, and of what is known about them."""
        keys = dict.fromkeys([*(rule.source for rule in rulebook(self.code).rules), self.measured or OURS])
        return [references.cite(key) for key in keys if key != OURS]


KINDS = {
    INVITATION: Kind(
        INVITATION,
        gettext_lazy("Open invitation"),
        gettext_lazy("No open invitation was found by a rule."),
        gettext_lazy(
            "The therapist invites the client to tell in their own words. The rules look at forms of words and cannot "
            "know whether it was taken as an invitation. Beside the codes of experts nine in ten of those found were "
            "open questions, and somewhat more than half of all open questions were found. Questions of “why” and "
            "those that ask for a fact are left out."
        ),
        "attune-annomi",
    ),
    FEEDBACK: Kind(
        FEEDBACK,
        gettext_lazy("Asked for feedback"),
        gettext_lazy("That feedback was asked for was not found by a rule."),
        gettext_lazy(
            "The therapist asks how the work itself is for the client: that it was asked, never what came of it. "
            "Unusual wordings are missed, and “How was this for you?” said of something else is taken for it."
        ),
    ),
}


@dataclass(frozen=True)
class PracticeShown:
    """One practice with where it was used: the lines, each once."""

    kind: Kind
    sentence: str
    lines: list[str]


def practices(page: TranscriptPage) -> list[PracticeShown]:
    """Every practice that rules look for, also those that were not found; nothing where no rule was tried."""
    if page.content.analysis.findings_reason:
        return []
    shown = []
    for code, kind in KINDS.items():
        practice = page.practices.get(code) or Practice(code)
        places = dict.fromkeys(str(one.utterance + 1) for one in practice.found)
        shown.append(PracticeShown(kind, _count(kind, practice), list(places)))
    return shown


def _count(kind: Kind, practice: Practice) -> str:
    count = len(practice.found)
    said = ngettext("%(n)s time.", "%(n)s times.", count) % {"n": count} if count else str(kind.none)
    if practice.contested:
        said += " " + ngettext(
            "%(n)s contested, and not counted.", "%(n)s contested, and not counted.", practice.contested
        ) % {"n": practice.contested}
    return said


@dataclass(frozen=True)
class Spoke:
    """What can be counted of one role, in sentences. `longest`: the line at which its longest turn begins."""

    who: str
    sentences: list[str]
    longest: int


def spoke(page: TranscriptPage) -> list[Spoke]:
    """For each role how much it speaks and asks."""
    return [
        Spoke(_who(page, one.role), list(_talk(one, page)), one.longest_from + 1)
        for one in page.content.analysis.measures
    ]


def _who(page: TranscriptPage, role: str) -> str:
    names = ", ".join(name for name, theirs in page.speakers if theirs == role)
    told = str(ROLES[role]).capitalize()
    return f"{told}: {names}" if names else told


def _talk(one: RoleMeasures, page: TranscriptPage) -> Iterator[str]:
    if one.talk_share is not None and one.words_a_turn is not None:
        yield ngettext(
            "%(share)s in 100 of all words, in %(n)s turn: %(mean)s words a turn, the longest of %(longest)s words.",
            "%(share)s in 100 of all words, in %(n)s turns: %(mean)s words a turn, the longest of %(longest)s words.",
            one.turns,
        ) % {
            "share": round(100 * one.talk_share),
            "n": one.turns,
            "mean": round(one.words_a_turn),
            "longest": one.longest_words,
        }
    if one.questions is None:
        yield gettext("Questions: none can be told.") + f" {gettext(one.reason or '')}"
        return
    yield _questions(one.questions)
    if one.role == "therapist":
        yield _invitations(one, page)


def _questions(count: int) -> str:
    return ngettext("%(n)s question.", "%(n)s questions.", count) % {"n": count} if count else gettext("No questions.")


def _invitations(one: RoleMeasures, page: TranscriptPage) -> str:
    if one.open_invitations is None:
        return gettext("Open invitations: none can be told.") + f" {gettext(one.reason or '')}"
    practice = page.practices.get(INVITATION)
    count = len(practice.found) if practice else 0
    return ngettext("%(n)s open invitation.", "%(n)s open invitations.", count) % {"n": count}


def times(timing: Timing) -> list[str]:
    """Silences, answers, pauses and interruptions in sentences; or why there are none."""
    if timing.reason:
        return [gettext("No times are told.") + f" {gettext(timing.reason)}"]
    count = len(timing.silences)
    longest = max((one.seconds for one in timing.silences), default=0)
    told = [
        ngettext(
            "%(n)s silence of three seconds or more, of %(longest)s seconds.",
            "%(n)s silences of three seconds or more, the longest of %(longest)s seconds.",
            count,
        )
        % {"n": count, "longest": round(longest)}
        if count
        else gettext("No silence of three seconds or more.")
    ]
    return told + [said for role, pace in timing.paces if role != "other" and (said := _pace(role, pace))]


def _pace(role: str, pace: Pace) -> str:
    """What there is of answers, interruptions and pauses; nothing is said of what did not happen."""
    parts = []
    if pace.latency is not None:
        parts.append(gettext("answers after %(s)s seconds (median)") % {"s": f"{pace.latency:.1f}"})
    if pace.interruptions:
        told = ngettext(
            "begins %(n)s time while the other still speaks",
            "begins %(n)s times while the other still speaks",
            pace.interruptions,
        )
        parts.append(told % {"n": pace.interruptions})
    if pace.pauses:
        told = ngettext(
            "pauses %(n)s time for a second or more within a turn",
            "pauses %(n)s times for a second or more within a turn",
            pace.pauses,
        )
        parts.append(told % {"n": pace.pauses})
    return f"{str(ROLES[role]).capitalize()}: {'; '.join(parts)}." if parts else ""
