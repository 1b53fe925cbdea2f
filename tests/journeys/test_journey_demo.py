"""A newcomer makes the demo by its command, and looks round: the whole of it, thirty episodes over two years."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from journeys_cast import Watch
from playwright.sync_api import Browser, Page, expect
from support.servers import PATIENCE, until_it_answers

#: Half a minute on a quiet machine; the machine may be busy.
MADE_WITHIN = 900


@dataclass(frozen=True)
class Demo:
    """A demo in a home of its own, and the port at which it is opened."""

    home: Path
    port: int

    @property
    def env(self) -> dict[str, str]:
        theirs = ("ATTUNE_", "DATABASE_", "VAULT_", "DJANGO_")
        return {key: value for key, value in os.environ.items() if not key.startswith(theirs)} | {
            "ATTUNE_HOME": str(self.home)
        }

    def attune(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "attune.cli", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=MADE_WITHIN, check=False)

    def count(self, what: str) -> int:
        """Rows that the home's database counts."""
        with sqlite3.connect(self.home / "attune.sqlite3") as file:
            found = file.execute(f"SELECT count(*) FROM {what}").fetchone()
        file.close()
        return int(found[0])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """`attune demo --no-serve`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    demo = Demo(tmp_path_factory.mktemp("demo") / "home", port)
    done = demo.attune("demo", "--no-serve")
    assert (done.returncode, done.stderr) == (0, "")
    return demo


@pytest.fixture
def opened(made: Demo, browser: Browser) -> Iterator[Page]:
    """`attune demo`, which finds it made, and a browser at its front page."""
    command = [sys.executable, "-m", "attune.cli", "demo", "--port", str(made.port)]
    process = subprocess.Popen(command, env=made.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert until_it_answers(made.port, lambda: process.poll() is None) is not None
        house = f"http://localhost:{made.port}"
        context = browser.new_context(base_url=house, reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(30_000)
        page, watch = context.new_page(), Watch(house)
        watch.over(page)
        page.goto("/")
        yield page
        context.close()
        assert not watch.faults, "\n".join(watch.faults)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def test_what_was_made(made: Demo) -> None:
    assert made.count("people_installation WHERE kind = 'demo'") == 1
    assert made.count("care_episode") == 31
    assert 2000 < made.count("care_response") < 2800
    assert made.count("care_concern WHERE answered_at IS NULL") == 1, "Jomo's, and no other"
    assert made.count("care_concern WHERE answered_at IS NOT NULL") > 1
    assert made.count("care_episode WHERE state = 'ended'") == 6
    kinds = "care_episode WHERE kind = '{}'"
    assert [made.count(kinds.format(kind)) for kind in ("couple", "family")] == [3, 1]
    assert made.count("care_appointment WHERE state = 'cancelled'") > 30
    assert made.count("care_response WHERE channel = 'on paper'") > 50
    assert made.count("care_response WHERE helped = 'interpreter'") > 50
    assert made.count("care_keptout WHERE until IS NULL") == 1
    assert all(path.stat().st_mode & 0o077 == 0 for path in (made.home, *made.home.iterdir()))


def test_the_chain_of_events_is_whole(made: Demo) -> None:
    key = (made.home / "demo-master.key").read_text("ascii").strip()
    command = [sys.executable, "-m", "attune.cli", "audit", "verify"]
    told = subprocess.run(
        command,
        env=made.env | {"ATTUNE_MASTER_KEY": key},
        capture_output=True,
        text=True,
        timeout=MADE_WITHIN,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_it_is_made_once_and_no_clinic_begins_in_it(made: Demo) -> None:
    before = made.count("care_response")
    done = made.attune("demo", "--no-serve")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert made.count("care_response") == before
    refused = made.attune("clinic", "create", "--name", "A practice", "--zone", "Europe/London")
    assert refused.returncode == 2


def test_one_click_each(opened: Page, check_page: Callable[[Page], None], picture: Callable[..., None]) -> None:
    page = opened
    expect(page.get_by_role("heading", name="A made-up practice")).to_be_visible()
    expect(page.get_by_role("button", name="Amara", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Wanda")).to_be_hidden()
    check_page(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    picture(page, "demo.png", full_page=True)

    page.get_by_text("Who sees Mei").click()
    expect(page.get_by_text("so nothing is asked: Aiko.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Wanda").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/c/" in page.url

    page.goto("/demo/")
    page.get_by_role("button", name=re.compile("Amara.*own pages")).click()
    expect(page.get_by_role("heading", name="Hello, Amara")).to_be_visible()
    page.get_by_role("link", name="Say something").click()
    page.get_by_role("link", name="Ben").click()
    expect(page.get_by_role("heading", name="Messages with Ben")).to_be_visible()

    for name, theirs in (("Mei", "Wanda"), ("Ola", "Kaya"), ("Tomás", "Dev")):
        page.goto("/demo/")
        page.get_by_role("button", name=f"As {name}", exact=True).click()
        page.get_by_role("link", name="Caseload").click()  # not every day has somebody in it
        expect(page.get_by_role("listitem").filter(has_text=theirs).first).to_be_visible()
        expect(page.get_by_text("Amara")).to_have_count(0)
    page.goto("/demo/")
    page.get_by_role("button", name="Sign in as Ben").click()
    page.get_by_role("link", name="Caseload").click()
    expect(page.get_by_role("listitem").filter(has_text="Amara").first).to_be_visible()
