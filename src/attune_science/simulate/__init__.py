"""Made-up courses: marks of sessions, and answers to questionnaires, drawn from a model whose figures are all named.

For trying a rule where it is known what happened, and for filling a demo. No course in here is anybody's, and nothing
about people follows from any of them. Pure, seeded by the caller, and alone: it knows no product.
"""

from attune_science.simulate.clinics import CASELOAD, natural, stable
from attune_science.simulate.courses import Marked, Marker, course, draw_marker
from attune_science.simulate.events import Erosion, Event, Rates, Rupture, Withdrawal
from attune_science.simulate.outcomes import Answered, Burden, burden, outcome, share_out
from attune_science.simulate.world import ASKED, LINES, THREE, Hurt, State, World

__all__ = [
    "ASKED",
    "CASELOAD",
    "LINES",
    "THREE",
    "Answered",
    "Burden",
    "Erosion",
    "Event",
    "Hurt",
    "Marked",
    "Marker",
    "Rates",
    "Rupture",
    "State",
    "Withdrawal",
    "World",
    "burden",
    "course",
    "draw_marker",
    "natural",
    "outcome",
    "share_out",
    "stable",
]
