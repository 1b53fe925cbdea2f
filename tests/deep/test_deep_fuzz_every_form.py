"""Every form of the product, by every role, is sent whatever may be sent: taken or refused, never a fault.

`ATTUNE_FORMS`: so many bodies a form and role, while somebody works on it.
"""

from collections import Counter

import pytest
from django.db import connection
from forms_answers import Answers
from forms_tried import wrong_of_all
from forms_world import TAKING, Visit, make_visits
from support.figures import how_often, keep_input

pytestmark = [pytest.mark.deep, pytest.mark.usefixtures("at_the_hour")]

MANY = how_often("ATTUNE_FORMS", 500)


def test_whatever_is_sent_to_any_form_is_taken_or_refused(db: None) -> None:
    visits, answers = make_visits(), Answers()
    first = _firsts(visits)
    wrong = wrong_of_all(visits, answers, lambda one: MANY if str(one) in first else MANY // 10 or 1, again=False)
    assert not wrong, "\n".join(wrong)
    came = sum(answers.statuses.values(), Counter())
    keep_input(
        "I2",
        f"{len({visit.route for visit in visits})} of the {len(TAKING)} forms (the others are a demo’s), {MANY} bodies "
        f"or more for each form and role, {came.total()} in all (`tests/deep/test_deep_fuzz_every_form.py`; "
        f"fewer on every run: `tests/rules/test_rule_forms.py`)",
        f"{_total(came, 200, 400)} taken or led on, {_total(came, 400, 500)} refused, {_total(came, 500, 600)} × 5xx; "
        f"no refusal changed a row, the chain whole after each that was taken; at most {answers.longest:.2f} s of work "
        f"and {answers.most >> 20} MB for one",
        asked=f"every form by every role: whole or refused, never 5xx, on {connection.vendor}",
    )


def _firsts(visits: list[Visit]) -> set[str]:
    """For each form and role, the visit that is tried longest: of those who may, else of those who may not."""
    best: dict[tuple[str, str], Visit] = {}
    for visit in visits:
        held = best.get((visit.route, visit.role))
        if held is None or (visit.leads and not held.leads) or (visit.may and not held.may):
            best[visit.route, visit.role] = visit
    return {str(visit) for visit in best.values()}


def _total(came: Counter[int], least: int, below: int) -> int:
    return sum(many for status, many in came.items() if least <= status < below)
