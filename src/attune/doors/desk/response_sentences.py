"""A response in sentences: two views, what rules noticed and what limits them. Scores: see `score_sentences`."""

from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext

from attune.care.checkins.models import Response
from attune.care.signals.models import Signal
from attune.doors.desk.score_sentences import of_pattern, of_score
from attune.insight.answered import LineShown
from attune.insight.response_page import ResponsePage
from attune_science import scoring


@dataclass(frozen=True)
class Noticed:
    """A signal as it is read."""

    raised: bool
    sentence: str
    limits: str
    corrected: bool = False


def sentences_of(page: ResponsePage) -> dict[str, object]:
    """`two_views`, `scores`, `patterns` and `noticed`, as the template names them."""
    return {
        "two_views": two_views(page.lines, page.name),
        "scores": [of_score(page, score) for score in page.scores],
        "patterns": [of_pattern(page, one) for one in page.patterns],
        "noticed": [
            *(of_signal(signal) for signal in page.noticed),
            *(replace(of_signal(signal), corrected=True) for signal in page.earlier),
        ],
        "came": how_it_came(page.response),
    }


def how_it_came(response: Response) -> list[str]:
    """What to know before reading it: who lent eyes or mouth, and where it was answered, if not on their own phone."""
    helped = {
        Response.Helped.READ: gettext("Somebody read it to them."),
        Response.Helped.INTERPRETER: gettext("Answered with an interpreter."),
        Response.Helped.SOMEBODY: gettext("Answered with somebody’s help."),
    }
    channel = {
        Response.Channel.TABLET: gettext("Answered on the tablet in the room."),
        Response.Channel.PAPER: gettext("Written on paper, and entered at the desk."),
        Response.Channel.SAID: gettext("Said aloud, and entered at the desk."),
    }
    found = [channel[Response.Channel(response.channel)]] if response.channel in channel else []
    if response.helped in helped:
        found += [
            helped[Response.Helped(response.helped)],
            gettext("It passed through somebody else, so no rule has looked for change in it."),
        ]
    return found


def two_views(lines: list[LineShown], name: str) -> list[str]:
    """Where both saw it alike, and where not; unsigned, without a verdict."""
    both = [line for line in lines if line.given is not None and line.thought is not None]
    alike = [f"“{line.short}”" for line in both if line.alike]
    found = (
        [gettext("You both saw %(lines)s alike.") % {"lines": get_text_list(alike, gettext("and"))}] if alike else []
    )
    return found + [
        gettext("On “%(line)s” you saw %(thought)s, %(name)s %(given)s.")
        % {"line": line.short, "thought": line.thought, "given": line.given, "name": name}
        for line in both
        if not line.alike
    ]


def of_signal(signal: Signal) -> Noticed:
    """What fired, with its figures, and what it does not tell."""
    raised = signal.level == Signal.Level.RAISED
    sentence = {
        "client-hurt": gettext("They said that something hurt, bothered or confused them."),
        "client-harder": gettext("They said that working together was harder than usual."),
        "below-cut-off": gettext("A published rule would alarm here: the mean, %(value)s, lies under %(cut_off)s."),
        "fall-from-last": gettext("A published rule would alarm here: the mean fell from %(before)s to %(value)s."),
    }[signal.rule]
    figures = {name: str(scoring.rounded(value)) for name, value in signal.basis.items()}
    return Noticed(raised, sentence % figures if figures else sentence, signal.limits)
