"""The gates behind the front door: no page of the staff without a second factor, none of a client's without the PIN
that they chose, and no session past its time.

A gate looks once an address has been found to lead somewhere, and before the page is asked for. Doors through which
clients come, help now and the sign-in itself stand open; whatever is new is shut until it is named here.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter as get_factors
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import ResolverMatch, reverse

from attune.base import clock
from attune.doors.entrance.leaving import end_session
from attune.doors.errors import nothing_kept, trouble_page
from attune.doors.times import BEGAN, SEEN
from attune.doors.typed import door_of, get_typed
from attune.people.alarms import LINKS_TRIED, SIGN_INS_TRIED
from attune.people.limits import WRONG_LINKS, WRONG_LINKS_IN_ALL
from attune.people.own_account import WHOLE

Answer = Callable[[HttpRequest], HttpResponse]

#: Seconds: without a press, and in all. A client's phone is in their own hand.
IDLE, IDLE_OF_CLIENTS, ABSOLUTE = 15 * 60, 30 * 60, 12 * 3600
#: Seconds: how long an open closed book may stay so without a press, however long its hour is.
LONGEST_HOUR = 3 * 3600
#: How exactly the last press is kept: a session is not written for every page.
_TO_THE_MINUTE = 60
#: Seconds after which somebody who tried too often may try again.
_WAIT = "60"
#: Seconds: so long after a client's sign-in, nobody is asked again who they are.
JUST_NOW = 300
BOOK, PIN = "attune.closed-book", "attune.pin"

_OPEN_DOORS = frozenset({"demo"})
_OPEN_PAGES = frozenset(
    {"entrance:sign-out", "entrance:help-now", "entrance:health", "entrance:welcome"}
    | {"portal:checkin", "portal:received", "portal:draft", "portal:correct"}
    | {"account_login", "account_request_login_code", "account_confirm_login_code", "mfa_authenticate"}
    | {"mfa_login_webauthn"}
)
#: Open to a client whose PIN was not shown yet.
_BEFORE_THE_PIN = frozenset({"portal:pin", "portal:lock"})
#: Open to somebody who has no second factor yet, so that they can set one up …
_SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
#: … and to somebody who has one but has not shown it: setting up another would be a way around it.
_SHOWING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


class gate:  # noqa: N801 - a middleware reads as a word in the list of settings
    """Who is signed in passes while the session lives: staff once both factors have been shown in it, a client once
    the PIN was, if they have one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "session_ended", False):
            # What was seen is not to be found by the back button. Only that: a client's unsent answers may lie in
            # the same browser's storage, and their cookies are theirs.
            response["Clear-Site-Data"] = '"cache"'
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """None lets pass; an answer stands in the page's place."""
        try:
            return self._look(request)
        except (DatabaseError, InterfaceError) as problem:  # before a page, Django asks nobody else what to say
            return nothing_kept(request, problem)

    def _look(self, request: HttpRequest) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or _is_open(match) or not request.user.is_authenticated:
            return None
        if _is_over(request):
            minutes = idle_of(request) // 60
            end_session(request, "session.ran-out")
            return _ran_out(request, minutes)
        if request.user.is_clients:
            return None if opened_by_pin(request) or match.view_name in _BEFORE_THE_PIN else _asks_for_the_pin(request)
        return None if has_shown_both(request) else _asks_for_the_second(request, match)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """The pages of the sign-in are a package's: a form that was not taken is 422 here, and 429 with a time."""
        context = response.context_data or {}
        forms = [context[name] for name in ("form", "webauthn_form") if context.get(name) is not None]
        faults = [
            fault for form in forms if form.is_bound for listed in form.errors.as_data().values() for fault in listed
        ]
        if request.method != "POST" or not faults:
            return response
        SIGN_INS_TRIED.hear(at=clock.now())
        too_many = any(fault.code in ("too_many_login_attempts", "rate_limited") for fault in faults)
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS if too_many else HTTPStatus.UNPROCESSABLE_ENTITY
        if too_many:
            response["Retry-After"] = _WAIT
        return response


def wrong_links(get_response: Answer) -> Answer:
    """Links that lead nowhere are counted, an address at a time and in all; many of them are told to wait.

    The link is looked up first and counted only when there is none: a good one is never refused, whatever else comes
    from the same address. A whole waiting room may be behind it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or not _was_a_link(request):
            return response
        address = get_adapter().get_client_ip(request)
        if WRONG_LINKS.is_reached(address) or WRONG_LINKS_IN_ALL.is_reached():
            return too_many(request)
        WRONG_LINKS.count(address)
        WRONG_LINKS_IN_ALL.count()
        LINKS_TRIED.hear(at=clock.now())
        return response

    return answer


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody tried too often: when to try again."""
    (LINKS_TRIED if _was_a_link(request) else SIGN_INS_TRIED).hear(at=clock.now())
    page = trouble_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    page["Retry-After"] = _WAIT
    return page


def has_shown_both(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session; a passkey, unlocked by its owner, is both at once."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _is_open(match: ResolverMatch) -> bool:
    return bool(_OPEN_DOORS.intersection(match.app_names)) or match.view_name in _OPEN_PAGES


def _was_a_link(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "token" in match.kwargs


def _asks_for_the_second(request: HttpRequest, match: ResolverMatch) -> HttpResponse | None:
    factors = get_factors()
    has_one = factors.is_mfa_enabled(request.user, ["totp", "webauthn"])
    if match.view_name in (_SHOWING if has_one else _SETTING_UP):
        return None
    if not has_one:
        return redirect("mfa_index")
    by_code = factors.is_mfa_enabled(request.user, ["totp"])
    way = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else "/", reverse(way))


def opened_by_pin(request: HttpRequest) -> str:
    """What this session may see of a client's own pages: everything, dates alone, or nothing before a PIN was shown."""
    account: Any = request.user
    if not account.has_pins:
        return WHOLE
    what, mark = request.session.get(PIN, ("", ""))
    return str(what) if mark == _mark_of(account) else ""


def show_pin(request: HttpRequest, what: str) -> None:
    """A PIN was shown that opens this; once the PINs are changed, it opens nothing any more."""
    request.session[PIN] = (what, _mark_of(request.user))


def _mark_of(account: Any) -> str:
    """The end of what is kept of the PIN for everything: it changes with it, and tells nothing of it."""
    return str(account.whole_pin[-12:])


def _asks_for_the_pin(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(back, reverse("portal:pin"))


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether a client came in within the last minutes: what opens their pages is changed by nobody else."""
    return bool(clock.now().timestamp() - request.session.get(BEGAN, 0) < JUST_NOW)


def close_book(request: HttpRequest, until: datetime) -> None:
    """From now until then, without a press, this one address stays open: in an hour nobody touches anything.

    It opens nothing else, and no press on it counts as one: every other page asks for the sign-in at its usual time.
    """
    now = clock.now().timestamp()
    if now - request.session.get(SEEN, now) < IDLE:
        request.session[BOOK] = [request.path, min(until.timestamp(), now + LONGEST_HOUR)]


def _is_over(request: HttpRequest) -> bool:
    """Whether its time is over; if not, this press is remembered."""
    now, session, idle = clock.now().timestamp(), request.session, idle_of(request)
    began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
    if now - began >= ABSOLUTE:
        return True
    if now - seen >= idle:
        book, until = session.get(BOOK, ("", 0))
        return bool(request.path != book or now >= until)
    if SEEN not in session or now - seen >= _TO_THE_MINUTE:
        session[SEEN] = now
    return False


def idle_of(request: HttpRequest) -> int:
    """Seconds without a press after which whoever is signed in is signed out."""
    return IDLE_OF_CLIENTS if getattr(request.user, "is_clients", False) else IDLE


def _ran_out(request: HttpRequest, minutes: int) -> HttpResponse:
    """To the sign-in, and on from there to where they were; what was typed is shown, to be copied."""
    typed = get_typed(request)
    if typed is None:
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return redirect_to_login(back, reverse("account_login"))
    context = {"words": typed.words, "minutes": minutes, "door": door_of(request)}
    return render(request, "entrance/ran_out.html", context, status=HTTPStatus.FORBIDDEN)
