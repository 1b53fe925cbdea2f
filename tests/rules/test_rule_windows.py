"""Every address of the access table, for everybody who may open it and one who may not: its windows are shut.

A new page needs a line in access.toml, and is looked at here from then on.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from access_table import DEMO_ROUTES, ROUTES, TABLE, WITH_DEMO, address_of, relations, undone
from access_world import ONE_FACTOR, World, make_world
from django.test import Client, override_settings
from pytest_django import Settings
from support.cast import NOW
from support.public_address import BY_PROXY, live_at
from support.windows import faults_of
from test_rule_access import _form

from attune.commands.demo.make import make_demo
from attune.insight.cast import list_cast
from attune.vault.keys import keyring

pytestmark = pytest.mark.usefixtures("at_the_hour")

METHODS = ("GET", "HEAD", "POST", "PUT")


def answers(world: World) -> Iterator[tuple[str, Any]]:
    """Every route with everything that its address may be filled with, asked by those whom the table names, by
    somebody unknown, and by one who has shown a password only."""
    for route in ROUTES:
        named = {*TABLE[route]["may"], *TABLE[route].get("closed", {})}
        roles = {*(named & set(world.browsers)), "anonymous", "therapist", ONE_FACTOR}
        for relation, ids in relations(world, route).items():
            for role in sorted(roles):
                for method in METHODS if role == "anonymous" else ("GET", "POST"):
                    yield f"{method} {route}, {role}, {relation}", _ask(world.browsers[role], method, route, ids)


def _ask(browser: Client, method: str, route: str, ids: dict[str, Any], **beside: Any) -> Any:
    before = dict(browser.cookies)
    with undone():
        page = browser.generic(method, address_of(route, ids), *_form(method, route, ids), **(beside or BY_PROXY))
    browser.cookies.clear()
    browser.cookies.update(before)
    return page


def test_every_page_at_an_httpsaddress_of(db: None, settings: Settings) -> None:
    live_at(settings)
    wrong, statuses, cookies = [], Counter[int](), Counter[str]()
    for asked, page in answers(make_world()):
        statuses[page.status_code] += 1
        cookies.update(page.cookies.keys())
        wrong += [f"{asked} ({page.status_code}): {fault}" for fault in faults_of(page, https=True)]
    assert not wrong, "\n".join(wrong[:40])
    assert {200, 302, 404, 405, 409, 410, 422} <= set(statuses), "every kind of answer was looked at"
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-attune_browser", "__Host-attune_tablet"} == set(cookies)


def test_a_demo_on_this_machine(db: None) -> None:
    """Without https a browser would throw away what is Secure; the rest holds there, too."""
    with keyring():
        make_demo(at=NOW)
        ids = {"participant_id": list_cast()[0].id}
    wrong, cookies = [], Counter[str]()
    with override_settings(ROOT_URLCONF=WITH_DEMO):
        for route, wanted in DEMO_ROUTES.items():
            for method in METHODS:
                page = _ask(Client(), method, route, {key: ids[key] for key in wanted}, HTTP_HOST="localhost")
                cookies.update(page.cookies.keys())
                wrong += [f"{method} {route} ({page.status_code}): {fault}" for fault in faults_of(page, https=False)]
    assert not wrong, "\n".join(wrong[:40])
    assert {"sessionid", "csrftoken"} == set(cookies)
