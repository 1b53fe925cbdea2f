"""The front page of a demo: everybody by therapist, one click each, and nobody else's seat."""

import pytest
from django.test import Client
from django.urls import include, path
from pytest_django import Settings
from support.cast import NOW, Cast, make_cast

import attune.urls
from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.episodes.actions import end_episode
from attune.care.workflows.own_pages import open_own_pages
from attune.vault.keys import keyring


class OneClick:
    """The addresses of a demo."""

    urlpatterns = (*attune.urls.urlpatterns, path("demo/", include("attune.doors.entrance.demo_urls")))


@pytest.fixture
def demo(db: None, settings: Settings) -> Cast:
    settings.ROOT_URLCONF = OneClick
    return make_cast(kind="demo")


def test_everybody_by_therapist(demo: Cast) -> None:
    page = Client().get("/demo/").content.decode()
    ben, ola = (page.index(f"Who sees {name}") for name in ("Ben", "Ola"))
    assert ben < page.index(">Amara<") < page.index(">Gil<") < ola < page.index(">Dana<")
    assert page.count("<details open>") == 1
    assert "Chidi" not in page, "a supervisor has no page yet"


def test_where_work_has_ended_nothing_is_offered(demo: Cast) -> None:
    with keyring():
        end_episode(demo.farah.episode, by=demo.ben, at=NOW)
    page = Client().get("/demo/").content.decode()
    assert "so nothing is asked: Farah, Gil." in page
    assert f"/demo/check-in/{demo.farah.id}/" not in page
    assert f"/demo/check-in/{demo.amara.id}/" in page


def test_one_click_as_each_therapist(demo: Cast) -> None:
    client = Client()
    with fixed(NOW):
        for name, theirs, others in (("Ola", "Dana", "Amara"), ("Ben", "Amara", "Dana")):
            sent = client.post("/demo/desk/", {"therapist": str(demo.accounts[name].person_id)})
            assert sent.headers["Location"] == "/desk/"
            page = client.get("/desk/caseload/").content.decode()
            assert theirs in page
            assert others not in page


@pytest.mark.parametrize("who", ["the operator", "a client", "nobody", "", "x"])
def test_nobody_but_a_therapist_sits_at_the_desk(demo: Cast, who: str) -> None:
    ids = {"the operator": demo.accounts["Eli"].person_id, "a client": demo.amara.person_id, "nobody": new_id()}
    client = Client(raise_request_exception=False)
    assert client.post("/demo/desk/", {"therapist": str(ids.get(who, who))}).status_code == 404
    assert client.get("/desk/").status_code == 302


def test_one_click_opens_a_clients_own_pages(demo: Cast) -> None:
    assert "own pages" not in Client().get("/demo/").content.decode(), "nobody has asked for an account"
    client = Client()
    with fixed(NOW), keyring():
        open_own_pages(demo.amara.id, email="amara@demo.invalid", by=demo.ben, at=NOW)
        assert "In a client’s own pages" in client.get("/demo/").content.decode()
        assert client.post("/demo/own-pages/", {"client": str(new_id())}).status_code == 404
        assert client.post("/demo/own-pages/").headers["Location"] == "/my/"
        assert "Hello, Amara" in client.get("/my/").content.decode()
