"""A response in sentences: two views, what a score means, what a rule noticed and what limits it."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext

from attune.care.checkins.models import Score
from attune.care.signals.models import Signal
from attune.insight.response_page import LineShown, ResponsePage
from attune_science import scoring


@dataclass(frozen=True)
class Noticed:
    """A signal as it is read."""

    raised: bool
    sentence: str
    limits: str


def sentences_of(page: ResponsePage) -> dict[str, object]:
    """`two_views`, `scores` and `noticed`, as the template names them."""
    return {
        "two_views": two_views(page.lines, page.name),
        "scores": [of_score(page, score) for score in page.scores],
        "noticed": [of_signal(signal) for signal in page.noticed],
    }


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


def of_score(page: ResponsePage, score: Score) -> str:
    """A number never comes without what it is; none comes with its reason."""
    scale = next(one for one in page.definition.scales if one.key == score.scale)
    count: dict[str, object] = {"answered": score.answered, "asked": len(scale.items)}
    if score.value is None:
        return gettext("No score: %(reason)s") % {"reason": score.reason}
    count["value"] = str(scoring.rounded(score.value))
    if scale.method == "mean":
        return (
            gettext("The mean of the %(asked)s lines is %(value)s of 10 (%(answered)s answered). It has no cut-off.")
            % count
        )
    band = next((one.text.say() for one in reversed(scale.bands) if one.lowest <= score.value), "")
    return gettext("The sum is %(value)s (%(answered)s of %(asked)s answered): %(band)s. A band is no diagnosis.") % (
        count | {"band": band}
    )


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
