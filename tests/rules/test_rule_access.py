"""The access table: what stands in access.toml passes, and nothing else does."""

from collections.abc import Iterator
from typing import Any

import pytest
from access_table import (
    CLOSED,
    DEMO_ROUTES,
    METHODS,
    PASSES,
    ROLES,
    ROUTES,
    TABLE,
    TO_SIGN_IN,
    WITH_DEMO,
    address_of,
    expected,
    relations,
    undone,
)
from access_world import ONE_FACTOR, ahead_of, amaras_course, client_of, make_world
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from support.both_factors import with_both
from support.cast import NOW, Cast, make_cast

from attune.audit.models import Event
from attune.base.ids import new_id
from attune.commands.demo.make import make_demo
from attune.environment import DEMO_MASTER_FILE
from attune.insight.cast import list_cast
from attune.vault.keys import keyring

pytestmark = pytest.mark.usefixtures("at_the_hour")

#: What a press sends, where something must be sent for it to be taken.
SENT = {
    "desk:invite": {"kind": "before", "about": "{appointment_id}"},
    "desk:hand-over": {"kind": "before", "about": "{appointment_id}"},
    "desk:cancelled": {"side": "client"},
    "desk:questionnaires": {"do": "ask", "instrument": "phq-9", "every": "4"},
    "desk:letters": {"do": "where", "address": "hana@example.net"},
    "desk:not-these-people": {"do": "keep-out"},
    "desk:hold": {"do": "hold"},
    "desk:letters-to-me": {"do": "stop"},
    "desk:own-pages": {"do": "close"},
    "portal:not-these-people": {"do": "keep-out"},
    "portal:asked": {"answer": "no"},
    "portal:letters": {"do": "stop"},
    "portal:finding": {"do": "contest"},
    "desk:messages": {"do": "open"},
    "desk:feedback": {"do": "open"},
    "desk:answer-word": {"kind": "talk"},
    "desk:summary": {"do": "drop"},
    "portal:conversation": {"do": "open"},
    "portal:feedback": {"do": "say", "words": "Slower."},
    "desk:session-transcript": {"do": "upload"},
    "desk:transcript": {"do": "roles"},
    "desk:finding": {"do": "contest", "whose": "client"},
}


def ask(browser: Client, method: str, route: str, ids: dict[str, Any]) -> tuple[int, str, bytes, bool]:
    """The status, where it leads, the body, and whether the audit wrote anything."""
    before = Event.objects.count()
    session = dict(browser.cookies)
    with undone():
        page = browser.generic(method, address_of(route, ids), *_form(method, route, ids))
        wrote = Event.objects.count() != before
    browser.cookies.clear()
    browser.cookies.update(session)
    return page.status_code, page.headers.get("Location", ""), page.content, wrote


def _form(method: str, route: str, ids: dict[str, Any]) -> tuple[str, str]:
    data = "&".join(f"{key}={value.format(**ids)}" for key, value in SENT.get(route, {}).items())
    return (data if method == "POST" else "", "application/x-www-form-urlencoded")


def what_came(answer: tuple[int, str, bytes, bool], route: str, method: str, constant: bytes) -> str:
    """What an answer amounts to, in the words of `expected`."""
    status, location, body, wrote = answer
    if status == 302 and location.startswith(TO_SIGN_IN) and not wrote:
        return "sign in"
    if status == 404 and not wrote and body == (b"" if method == "HEAD" else constant):
        return "missing"
    if status == 405 and not wrote:
        return "not this method"
    if status in CLOSED and not wrote:
        return "closed"
    return "may" if status in PASSES else f"{status}, {'with' if wrote else 'without'} an event"


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    assert set(TABLE) == set(ROUTES | DEMO_ROUTES)
    assert not set(ROUTES) & set(DEMO_ROUTES), "a clinic has no addresses of a demo"
    assert not (settings.ATTUNE.home / DEMO_MASTER_FILE).exists()


def test_lines_name_what_there_is(db: None) -> None:
    world = make_world()
    assert set(ROLES) == set(world.browsers)
    for route, line in TABLE.items():
        assert set(line) <= {"methods", "may", "closed", "one_factor"}, route
        assert line["methods"], route
        assert set(line["methods"]) <= set(METHODS), route
        there = {"demo"} if route in DEMO_ROUTES else set(relations(world, route))
        for pairs in (line["may"], line.get("closed", {})):
            assert set(pairs) <= {"anybody", "staff", *ROLES}, route
            assert {relation.split()[-1] for listed in pairs.values() for relation in listed} <= there, route


def test_every_cell(db: None) -> None:
    world = make_world()
    constant = world.browsers["therapist"].get(f"/desk/episodes/{new_id()}/").content
    assert b"Attune" in constant
    wrong, cells = [], 0
    for route in ROUTES:
        for relation, ids in relations(world, route).items():
            for role, browser in world.browsers.items():
                for method in METHODS:
                    cells += 1
                    answer = ask(browser, method, route, ids)
                    led = role == ONE_FACTOR and answer == (302, "/account/", b"", False)
                    came = "second factor first" if led else what_came(answer, route, method, constant)
                    said = expected(route, method, role, relation)
                    if came != said:
                        wrong.append(f"{method} {route}, {role}, {relation}: {came}, where the table says {said}")
    assert not wrong, "\n".join(wrong)
    assert cells > 4000


def test_nothing_of_amara_reaches_anybody_else(db: None) -> None:
    cast = make_cast()
    amara = amaras_course(cast)
    constant = Client().get("/nothing/here/").content
    staff = {name: with_both(cast.accounts[name]) for name in ("Chidi", "Eli", "Ola")}
    dana = client_of(cast, cast.dana)
    for route, wanted in ROUTES.items():
        if not wanted or not set(wanted) <= set(amara):
            continue
        address = reverse(route, kwargs={key: amara[key] for key in wanted})
        for method in TABLE[route]["methods"]:
            for name, browser in staff.items():
                page = browser.generic(method, address)
                assert page.status_code == 404, (name, method, route)
                assert page.content == (b"" if method == "HEAD" else constant), (name, method, route)
            led = dana.generic(method, address)
            assert (led.status_code, led.headers["Location"]) == (302, f"/sign-in/?next={address}"), (method, route)


def test_an_id_is_never_a_link(db: None) -> None:
    cast = make_cast()
    dana = client_of(cast, cast.dana)
    for key in amaras_course(cast).values():
        for address in (f"/c/{key}/", f"/c/{key}/received/"):
            assert dana.get(address).status_code == dana.get(f"/c/{new_id()}/").status_code == 404


def test_own_and_anothers_do_not_mix(db: None) -> None:
    """An address with two ids, or a form that names a second one, opens only where both are of one episode."""
    world = make_world()
    ben, own, other = world.browsers["therapist"], world.episodes["own"], world.episodes["other"]
    for session, who in ((own, other), (other, own)):
        crossed = {"session_id": session["session_id"], "participant_id": who["participant_id"]}
        for method in TABLE["desk:after"]["methods"]:
            assert ask(ben, method, "desk:after", crossed)[0] == 404
    invite = reverse("desk:invite", kwargs={"participant_id": own["participant_id"]})
    abouts = {"before": ahead_of(other["episode_id"]).id, "after": other["session_id"]}
    for kind, about in abouts.items():
        anothers, missing = (ben.post(invite, {"kind": kind, "about": one}) for one in (about, new_id()))
        assert anothers.status_code in (404, 409), kind
        assert (anothers.status_code, anothers.content) == (missing.status_code, missing.content), kind


def demo_cells(ids: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Every address of a demo with every method, asked by somebody unknown."""
    for route, wanted in DEMO_ROUTES.items():
        for method in METHODS:
            yield (
                route,
                method,
                ask(Client(raise_request_exception=False), method, route, {k: ids[k] for k in wanted})[0],
            )


def test_a_clinic_has_no_one_click_sign_in(db: None) -> None:
    cast: Cast = make_cast()
    for address in ("/demo/", "/demo/desk/", "/demo/gallery/", f"/demo/check-in/{cast.amara.id}/"):
        assert Client().get(address).status_code == Client().post(address).status_code == 404
    with override_settings(ROOT_URLCONF=WITH_DEMO):
        for route, method, status in demo_cells({"participant_id": cast.amara.id}):
            shut = 200 if route == "demo:gallery" else 404  # the gallery holds nothing of anybody
            assert status == (shut if method in TABLE[route]["methods"] else 405), (route, method)


def test_a_demo_has_it(db: None) -> None:
    with keyring():
        make_demo(at=NOW, whole=False)
        somebody = list_cast()[0].id
    with override_settings(ROOT_URLCONF=WITH_DEMO):
        for route, method, status in demo_cells({"participant_id": somebody}):
            assert status in (PASSES if method in TABLE[route]["methods"] else {405}), (route, method, status)
        missing = ask(Client(raise_request_exception=False), "POST", "demo:check-in", {"participant_id": new_id()})
        assert missing[0] == 404
