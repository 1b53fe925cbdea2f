"""Every form there is takes what is sent to it, or refuses it, whatever it is and whoever sends it.

The routes come from the access table and the fields from the pages: a new form is tried without a word here, and one
that no page shows fails until it is named. `tests/deep/test_deep_fuzz_every_form.py` sends far more.
"""

from dataclasses import replace

import pytest
from access_table import TABLE, WITH_DEMO
from django.test import Client, override_settings
from forms_answers import LONGEST, MOST_MEMORY, Answer, Answers, faults
from forms_tried import wrong_of_all
from forms_world import RIGHT, SAFE, TAKING, Visit, make_demo_visits, make_visits
from support.forms_sent import CLOSED, nearly_right
from support.forms_shown import Form, forms_of

pytestmark = pytest.mark.usefixtures("at_the_hour")

#: Bodies a form by whoever leads, and by each of the others.
MANY, FEW = 20, 1
#: The doors, in two parts of about the same length.
PARTS = (("desk", "portal"), ("account", "entrance", "office", "demo"))
#: What only a real passkey passes (`test_journey_passkey.py` has one), or a code that was mailed
#: (`test_door_sign_in.py`), or of an app that was just set up (there too); the only second factor is never removed.
NEVER_TAKEN = {
    *("mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
    *("account_confirm_login_code", "mfa_activate_totp", "mfa_deactivate_totp"),
}

#: Who has no name is not entered, whatever else is said of them; a list that nobody knows how to narrow is all of it;
#: of a single appointment no end is asked.
UNREAD = {
    "desk:new-episode": ("pronouns2", "pronouns3", "pronouns4"),
    "desk:caseload": ("waits", "order"),
    "desk:new-appointment": ("until",),
}
#: Kept as it was typed, and shown again to the browser that it came from: nothing is read of it.
DRAFTS = {"portal:draft"}


def door_of(route: str) -> str:
    door, _, page = route.partition(":")
    return door if page else "account"


def test_every_form_is_tried(db: None) -> None:
    assert {method for route in TAKING for method in TABLE[route]["methods"]} - SAFE == {"POST"}, "the only one sent"
    assert {door_of(route) for route in TAKING} == {door for part in PARTS for door in part}
    visits = make_visits()  # one without a page, that nobody named, is refused here
    may = {visit.route for visit in visits if visit.leads}
    assert may | {route for route in TAKING if door_of(route) == "demo"} == set(TAKING)
    assert {visit.route for visit in visits if not visit.may} >= {route for route in may if door_of(route) == "desk"}


@pytest.mark.parametrize("part", PARTS, ids="-".join)
def test_whatever_is_sent_is_taken_or_refused(db: None, part: tuple[str, ...]) -> None:
    visits = [visit for visit in make_visits() if door_of(visit.route) in part]
    answers = Answers()
    wrong = wrong_of_all(visits, answers, lambda visit: MANY if visit.leads else FEW)
    assert not wrong, "\n".join(wrong)
    for route in {visit.route for visit in visits} - NEVER_TAKEN:
        came = {status for visit in visits if visit.leads and visit.route == route for status in answers.of(visit)}
        assert min(came) < 400 <= max(came), f"{route} was only ever answered {sorted(came)}"


def test_whatever_is_sent_to_a_demo_is_taken_or_refused(db: None) -> None:
    with override_settings(ROOT_URLCONF=WITH_DEMO):
        wrong = wrong_of_all(make_demo_visits(), Answers(), lambda _: MANY)
    assert not wrong, "\n".join(wrong)


def test_what_was_never_offered_is_not_taken(db: None) -> None:
    """A mark that is none, a digit of another script, a day that is no day: by itself, in a form that is right else."""
    visits = [visit for visit in make_visits() if visit.leads and visit.route not in DRAFTS and _is_closed(visit)]
    answers, taken, whole = Answers(), [], set()  # now: it looks at what stands in every table before anything is sent
    for visit, form in ((one, form) for one in visits for form in _different(one)):
        for changed, body in nearly_right(form, RIGHT):
            answer = answers.send(visit, body)
            assert not faults(visit, answer), (visit, changed, answer)
            if answer.status < 400 and not changed:
                whole.add(visit.route)
            elif answer.status < 400 and changed.split(" = ")[0] not in UNREAD.get(visit.route, ()):
                taken.append(f"{visit}: {changed}")
    assert not taken, "\n".join(taken)
    assert {visit.route for visit in visits} - whole == set(), "what is right was refused: nothing is shown by it"


def _is_closed(visit: Visit) -> bool:
    return any(one.kind in CLOSED for form in visit.forms for one in form.fields)


def _different(visit: Visit) -> list[Form]:
    """Of forms with the same fields, one."""
    return list({tuple((one.name, one.kind) for one in form.fields): form for form in visit.forms}.values())


def test_forms_are_read_as_a_browser_reads_them() -> None:
    page = """<form method="post" action="/there/?a=1"><input type="hidden" name="key" value="a&amp;b"><input name="n"
      type="number" min="1" max="9"><input type="radio" name="r" value="1"><input type="radio" name="r" value="2">
      <textarea name="words">\nTwo\nlines</textarea><select name="s"><option value="">-<option selected>Some</select>
      <button name="do" value="ask">Ask</button><button name="do" value="stop">Stop</button>
      <button formaction="/elsewhere/">Keep</button></form><form method="get"><input name="q"></form>
      <form method="post" enctype="multipart/form-data"><input type="file" name="f"></form>"""
    there, elsewhere, here = forms_of(page, "/here/")
    assert [form.address for form in (there, elsewhere, here)] == ["/there/", "/elsewhere/", "/here/"]
    assert (there.fields, here.with_files) == (elsewhere.fields, True)
    assert [(one.name, one.kind, one.value, one.options) for one in there.fields] == [
        ("key", "hidden", "a&b", []),
        ("n", "number", "", []),
        ("r", "radio", "", ["1", "2"]),
        ("words", "textarea", "Two\nlines", []),
        ("s", "select", "", ["", "Some"]),
        ("do", "button", "", ["ask", "stop"]),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, fault="KeyError()"),
        Answer(503),
        Answer(418),
        Answer(422, changed={"care_concern"}),
        Answer(302, half="an event was moved"),
        Answer(200, seconds=LONGEST + 0.1),
        Answer(200, memory=MOST_MEMORY + 1),
        Answer(400, page="<pre>Traceback (most recent call last)"),
    ],
    ids=repr,
)
def test_what_is_wrong_is_seen(answer: Answer) -> None:
    anybody = Visit("entrance:sign-out", "none", "page", Client(), {}, may=True)
    assert faults(anybody, answer)
    assert faults(replace(anybody, may=False), Answer(302, location="/desk/"))
    assert not faults(anybody, Answer(302, location="/desk/", changed={"care_concern"}))
