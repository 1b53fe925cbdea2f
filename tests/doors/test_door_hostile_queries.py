"""What stands behind an address, or in fields that no form has, changes nothing: no order, no filter, no column."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from doors_cast import CALM, THREE, after, answered, held, link, phq9, signed_in
from support.cast import PASSWORD, Cast

from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment
from attune.people.models import Account

QUERIES = (
    "order=-password&order_by=person__account__password&sort=id&o=-1",
    "_connector=OR&_connector=OR+1%3D1+OR&_negated=1",
    "password__startswith=p&person__account__email__contains=a&id__in=1&pk__gt=0&episode__isnull=True",
    "fields=*&values=password&annotate=x&alias=y&filter=%7B%22id__gt%22%3A0%7D&q=1%27+OR+1%3D1+--",
    "select_related=therapist&limit=1&offset=1&page=2&id=1&participant_id=1&episode_id=1&viewer=1",
)
#: Made anew for each page: the key of a form, and what proves that it is ours.
_ANEW = re.compile(r'name="(?:csrfmiddlewaretoken|submission)" value="[^"]*"')


def shown(browser: Client, address: str) -> tuple[int, str]:
    page = browser.get(address)
    return page.status_code, _ANEW.sub("", page.content.decode())


def pages(cast: Cast) -> list[tuple[Client, str]]:
    """Pages that read many rows, and those before them."""
    ben = signed_in(cast)
    response = answered(cast.amara, cast.ben, phq9(), CALM)
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 3)), THREE)
    ben.post(reverse("desk:response", args=[response.id]))
    ben.post(reverse("desk:brief", args=[cast.amara.episode_id]))
    eli, nobody = signed_in(cast, "Eli"), Client()
    return [
        (ben, reverse("desk:caseload")),
        (ben, reverse("desk:episode", args=[cast.amara.episode_id])),
        (ben, reverse("desk:brief", args=[cast.amara.episode_id])),
        (ben, reverse("desk:response", args=[response.id])),
        (ben, reverse("desk:questionnaires", args=[cast.amara.id])),
        (ben, reverse("desk:new-appointment", args=[cast.amara.episode_id])),
        (ben, reverse("usersessions_list")),
        (eli, reverse("office:instruments")),
        (eli, reverse("office:instrument", args=["wai-s"])),
        (nobody, reverse("entrance:help-now")),
        (nobody, reverse("account_login")),
        (nobody, reverse("portal:checkin", args=[link(cast.amara, cast.ben, phq9())])),
    ]


def test_pages_are_the_same_whatever_stands_behind_their_address(cast: Cast) -> None:
    for browser, address in pages(cast):
        plain = shown(browser, address)
        assert plain[0] == 200, address
        assert shown(browser, address) == plain, "or this would show nothing"
        for query in QUERIES:
            assert shown(browser, f"{address}?{query}") == plain, (address, query)


@pytest.mark.parametrize("query", QUERIES)
def test_anothers_stays_missing(cast: Cast, query: str) -> None:
    page = signed_in(cast).get(f"{reverse('desk:episode', args=[cast.dana.episode_id])}?{query}")
    assert page.status_code == 404
    assert "Dana" not in page.content.decode()


def test_fields_that_no_form_has_change_no_column(cast: Cast) -> None:
    ben = signed_in(cast)
    address = reverse("desk:new-appointment", args=[cast.amara.episode_id])
    hostile = {"episode": cast.dana.episode_id, "episode_id": cast.dana.episode_id, "state": "cancelled", "id": "1"}
    sent = {"day": "2026-12-01", "time": "09:30"} | hostile
    assert ben.post(address, sent).status_code == 302
    planned = Appointment.objects.get(day="2026-12-01")
    assert (planned.episode_id, planned.state) == (cast.amara.episode_id, "planned")
    assert Episode.objects.filter(participants__person=cast.dana.person_id).count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"login": "ben@example.org", "password__startswith": ""},
        {"login__startswith": "ben", "password": PASSWORD},
        {"login": "ben@example.org", "password": {"$ne": ""}},
        {"login": "ben@example.org", "password": "x", "_connector": "OR", "is_active": "1", "user": "1"},
        {"email__contains": "@", "login": "' OR 1=1 --", "password": "' OR 1=1 --"},
    ],
    ids=str,
)
def test_nobody_signs_in_by_a_way_of_comparing(cast: Cast, sent: dict[str, str]) -> None:
    browser = Client()
    assert browser.post(reverse("account_login"), sent).status_code == 422
    assert "_auth_user_id" not in browser.session
    assert not Account.objects.exclude(last_login=None).exists()
