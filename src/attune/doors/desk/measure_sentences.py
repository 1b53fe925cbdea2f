"""Questionnaires in words: how often, which way a score went against the first, and what that rests on."""

from django.utils.translation import gettext

from attune.insight.questionnaires_page import Basis, Scored

_ORDINALS = {2: "2nd", 4: "4th", 8: "8th", 12: "12th"}


def rhythm(every: int) -> str:
    """Every how many sessions."""
    if every == 1:
        return gettext("each session")
    if every in _ORDINALS:
        return gettext("every %(nth)s session") % {"nth": _ORDINALS[every]}
    return gettext("every %(n)s sessions") % {"n": every}


def told(row: Scored) -> str:
    """One score against the first: by more than its own error, or within it; empty where nobody can say."""
    return gettext("the first") if row.first else against_first(row.moved)


def against_first(moved: str) -> str:
    """What `moved` comes to, in words."""
    return {
        "lower": gettext("lower than the first, by more than its own error"),
        "higher": gettext("higher than the first, by more than its own error"),
        "within": gettext("no more apart from the first than its own error"),
        "": "",
    }[moved]


def basis_of(basis: Basis | None) -> str:
    """What "more than its own error" is reckoned with."""
    if basis is None:
        return ""
    figures = basis.figures
    if figures.threshold is not None:
        return gettext("A change counts from %(points)s points on: published for %(population)s.") % {
            "points": f"{figures.threshold:g}",
            "population": figures.population,
        }
    return gettext(
        "Reckoned with a standard deviation of %(sd)s and a reliability of %(reliability)s, counting what error alone "
        "would bring in fewer than 5 of 100 people who have not changed. Whose figures: %(population)s."
    ) % {"sd": f"{figures.sd:g}", "reliability": f"{figures.reliability:g}", "population": figures.population}
