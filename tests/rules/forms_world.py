"""Every form of the product with somebody before it: who may send it, who may not, and what its page offers.

The forms are found on the pages themselves, and the routes by the access table: whatever takes anything but GET.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from access_table import DEMO_ROUTES, TABLE, address_of, expected, relations, undone
from access_world import BEGAN, ONE_FACTOR, World, ahead_of, make_world
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from support.as_served import AsServed
from support.both_factors import code_of_app, signed_in, with_both, with_password_only
from support.cast import NOW, ZONE, make_cast
from support.forms_sent import File, Right
from support.forms_shown import Field, Form, forms_of
from support.sessions_told import vtt
from support.wordings import wording_file

from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Invitation
from attune.care.checkins.tokens import hash_of
from attune.care.episodes.models import Participant
from attune.care.schedule.actions import cancel_appointment, hold_session
from attune.care.schedule.models import Appointment
from attune.care.workflows.own_pages import open_own_pages
from attune.insight.cast import list_cast
from attune.people.actions import Called, enter_person, give_account
from attune.people.links import make_link
from attune.people.models import Account
from attune.people.own_account import set_pins
from attune.people.viewers import MACHINE, get_viewer
from attune.transcripts.actions import withdraw
from attune.transcripts.models import Transcript
from attune.vault.keys import keyring
from attune_science import instruments

SAFE = {"GET", "HEAD", "OPTIONS"}
TAKING = tuple(route for route, line in TABLE.items() if not set(line["methods"]) <= SAFE)
#: Forms that no page shows to those who stand here, with what they send.
NOT_SHOWN: dict[str, tuple[Field, ...]] = {
    # On the page that answers an invitation, and with the same fields.
    "desk:hand-over": (
        Field("kind", "select", options=["before", "after"]),
        Field("about", "select", options=["{appointment_id}", "{session_id}"]),
    ),
    # One button, for somebody who is signed in twice.
    "usersessions_list": (),
    # One button each: for whoever has a check-in to answer, has PINs, or comes too late to change how they sign in.
    "portal:own-check-in": (),
    "portal:lock": (),
    "portal:again": (),
    # One button, for somebody who has another second factor.
    "mfa_deactivate_totp": (),
    # Filled in by a script, for somebody who has a passkey.
    "mfa_reauthenticate_webauthn": (Field("credential", "hidden"), Field("next", "hidden", "/")),
}
#: Whose visit leads, where several may.
LEADS = ("therapist", "operator")
TOKEN = "a" * 32
PASSWORDS = ("x" * 20, "words that nobody has used")
RIGHT: Right = {
    "file": lambda: [File("session.vtt", vtt()), *(File("a.toml", wording_file(key)) for key in ("wai-s", "wai-b3"))],
    "password": lambda: PASSWORDS,
    "email": lambda: ["therapist@example.org", "operator@example.org", "nobody@example.org"],
    "login": lambda: ["therapist@example.org", "operator@example.org"],
    "code": lambda: [code_of_app(), "123456"],
    "date": lambda: ["2026-11-16", "2026-12-01"],
    "day": lambda: ["2026-11-16", "2026-12-01"],
    "given_on": lambda: ["2026-11-16"],
    "time": lambda: ["16:00", "09:30"],
    "number": lambda: ["5"],
    "pin": lambda: ["1234", "9753"],
    "dates": lambda: ["1234"],
    "whole": lambda: ["9753"],
    **dict.fromkeys(("name2", "name3", "name4", "off_by"), lambda: [""]),
}


@dataclass(frozen=True)
class Visit:
    """Somebody before a form. `leads`: the first of those who may send it; what holds for them is looked at longest."""

    route: str
    role: str
    relation: str
    browser: Client
    ids: dict[str, Any]
    may: bool
    leads: bool = False
    forms: tuple[Form, ...] = ()

    @property
    def address(self) -> str:
        return address_of(self.route, self.ids)

    def __str__(self) -> str:
        return f"{self.route} as {self.role}, {self.relation}"


@dataclass(frozen=True)
class Stand:
    """A relation that the access table has no cell for, as it comes about by what was done just before."""

    route: str
    role: str
    relation: str
    browser: Client
    ids: dict[str, Any]
    query: str = ""


def make_visits() -> list[Visit]:
    """Every form, each role, a relation that may pass and one that may not."""
    world = make_world()
    with keyring():
        opened = Invitation.objects.get(token_hash=hash_of(world.links["open"]["token"]))
        world.links["open"] = {"token": _of_three(opened.participant)}
        stands = [*_stands(world)]
    for browser in (*world.browsers.values(), *(stand.browser for stand in stands)):
        _with_token(browser)
    found = _Forms(world, stands)
    cells = [*_cells(world), *(_visit(stand) for stand in stands)]
    return [found.on(cell) for cell in cells]


def make_demo_visits() -> list[Visit]:
    """The presses of a demo."""
    cast = make_cast(kind="demo")
    with keyring():
        open_own_pages(cast.amara.id, email="amara@demo.invalid", by=cast.ben, at=NOW)
    ids = {"participant_id": list_cast()[0].id}
    browser = _with_token(Client(raise_request_exception=False))
    return [
        Visit(route, "anonymous", "demo", browser, ids, may=True, leads=True, forms=(Form("", ()),))
        for route in DEMO_ROUTES
        if route in TAKING
    ]


def _cells(world: World) -> Iterator[Visit]:
    for route in TAKING:
        if route in DEMO_ROUTES:
            continue
        led = False
        for role in (*LEADS, *sorted(world.browsers.keys() - set(LEADS))):
            cells = relations(world, route)
            may = [one for one in cells if expected(route, "POST", role, one) == "may"]
            for relation in (*may[:1], *[one for one in cells if one not in may][:1]):
                leads = relation in may and not led
                yield Visit(route, role, relation, world.browsers[role], cells[relation], relation in may, leads)
                led |= leads


def _visit(stand: Stand) -> Visit:
    return Visit(stand.route, stand.role, stand.relation, stand.browser, stand.ids, may=True, leads=True)


class _Forms:
    """What all pages show to those who may open them."""

    def __init__(self, world: World, stands: list[Stand]) -> None:
        self.here: dict[tuple[str, str], list[Form]] = defaultdict(list)
        self.anywhere: dict[str, list[Form]] = defaultdict(list)
        for role, route, ids in _readable(world):
            self._look(role, world.browsers[role], address_of(route, ids))
        for stand in stands:
            self._look(stand.role, stand.browser, address_of(stand.route, stand.ids) + stand.query)

    def _look(self, role: str, browser: Client, address: str) -> None:
        with undone():
            page = browser.get(address)
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            return
        for form in forms_of(page.content.decode(), address):
            self.here[role, form.address].append(form)
            self.anywhere[resolve(form.address).view_name].append(form)

    def on(self, visit: Visit) -> Visit:
        """The forms of just this page; where it shows none, those that others are shown."""
        forms = self.here[visit.role, visit.address] or self.anywhere[visit.route][:8] or [_not_shown(visit)]
        return replace(visit, forms=tuple(forms))


def _not_shown(visit: Visit) -> Form:
    assert visit.route in NOT_SHOWN, f"no page shows the form of {visit.route}: name what it sends in NOT_SHOWN"
    fields = NOT_SHOWN[visit.route]
    filled = ([option.format(**visit.ids) for option in one.options] for one in fields)
    return Form("", tuple(replace(one, options=options) for one, options in zip(fields, filled, strict=True)))


def _readable(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for route, line in TABLE.items():
        if route in DEMO_ROUTES or "GET" not in line["methods"]:
            continue
        for role in world.browsers:
            for relation, ids in relations(world, route).items():
                if expected(route, "GET", role, relation) == "may":
                    yield role, route, ids


def _of_three(who: Participant) -> str:
    """A link of three instruments: every kind of line there is."""
    parts = [part_of(instruments.get("attune-session"), "eight")]
    parts += [part_of(instruments.get(key)) for key in ("gad-2", "phq-9")]
    return invite(who, asking=Asking("after", parts), by=MACHINE, at=NOW)[1]


def _stands(world: World) -> Iterator[Stand]:
    ben, deputy, own = world.browsers["therapist"], world.episodes["deputy"], world.episodes["own"]
    ahead = ahead_of(deputy["episode_id"])
    cancel_appointment(ahead, by=MACHINE, at=NOW)
    yield Stand("desk:reinstated", "therapist", "cancelled", ben, {"appointment_id": ahead.id})
    session = hold_session(Appointment.objects.get(pk=deputy["appointment_id"]), by=MACHINE, at=NOW)
    unanswered = {"session_id": session.id, "participant_id": deputy["participant_id"]}
    yield Stand("desk:enter-after", "therapist", "unanswered", ben, unanswered, "?now=1")
    yield Stand("desk:session-transcript", "therapist", "not agreed", ben, unanswered)
    withdraw(Transcript.objects.get(pk=deputy["transcript_id"]), by=MACHINE, at=NOW)
    yield Stand("desk:session-transcript", "therapist", "agreed", ben, deputy)
    Participant.objects.filter(pk=deputy["participant_id"]).update(own_pages_since=NOW)
    yield Stand("desk:messages", "therapist", "who can read it", ben, deputy)
    yield Stand("desk:reinstated", "therapist", "ahead", ben, {"appointment_id": ahead_of(own["episode_id"]).id})
    yield from _sent_before(world)
    yield from _with_pins(world)
    yield from _half_in()
    yield from _with_a_passkey()
    yield from _setting_up()


def _sent_before(world: World) -> Iterator[Stand]:
    browser = Client(raise_request_exception=False)
    token = _of_three(Participant.objects.get(pk=world.episodes["deputy"]["participant_id"]))
    came = browser.post(reverse("portal:checkin", args=[token]), {"presence": "7", "submission": str(uuid4())})
    assert came.status_code == 302
    yield Stand("portal:correct", "client", "sent here", browser, {"token": token})


def _with_pins(world: World) -> Iterator[Stand]:
    """A client who has two PINs and has shown none yet; and a way in that one was given."""
    ben = get_viewer(Account.objects.get(email="ben@example.org").person_id, at=NOW)
    open_own_pages(world.episodes["as-client"]["participant_id"], email="hana@example.org", by=ben, at=NOW)
    account = Account.objects.get(email="hana@example.org")
    token = make_link(account, by=MACHINE, at=NOW)
    yield Stand("entrance:welcome", "anonymous", "a client's", Client(raise_request_exception=False), {"token": token})
    set_pins(account, dates="1234", whole="9753", by=MACHINE, at=NOW)
    yield Stand("portal:pin", "account", "asked for", signed_in(account, Client(raise_request_exception=False)), {})


def _half_in() -> Iterator[Stand]:
    """A password was shown, or a code was asked for: what is asked next."""
    for route, asked, sent in (
        ("mfa_authenticate", "account_login", {"login": "operator@example.org", "password": PASSWORDS[0]}),
        ("account_confirm_login_code", "account_request_login_code", {"email": "operator@example.org"}),
    ):
        browser = Client(raise_request_exception=False)
        assert browser.post(reverse(asked), sent).status_code == 302
        yield Stand(route, "anonymous", "half in", browser, {})


def _with_a_passkey() -> Iterator[Stand]:
    account = _somebody_new("Noor")
    kept = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
    browser = with_both(account, Client(raise_request_exception=False))
    yield Stand("mfa_remove_webauthn", "none", "own passkey", browser, {"pk": kept.pk})


def _setting_up() -> Iterator[Stand]:
    """Somebody who has no second factor yet and has just shown their password again."""
    browser = with_password_only(_somebody_new("Omar"), Client(raise_request_exception=False))
    assert browser.post(reverse("account_reauthenticate"), {"password": PASSWORDS[0]}).status_code == 302
    for route in ("mfa_activate_totp", "mfa_add_webauthn"):
        yield Stand(route, ONE_FACTOR, "setting up", browser, {})


def _somebody_new(name: str) -> Account:
    person = enter_person(Called(name, "they", ZONE), by=MACHINE, at=BEGAN)
    return give_account(person, email=f"{name.lower()}@example.org", password=PASSWORDS[0], by=MACHINE, at=BEGAN)


def _with_token(browser: Client) -> Client:
    browser.handler = AsServed(enforce_csrf_checks=True)
    browser.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return browser
