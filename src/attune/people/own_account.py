"""What may change about a client's account: its address, its PINs, that it is there at all."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password

from attune.audit.journal import note, unit
from attune.base.errors import Refused
from attune.people.actions import check_free
from attune.people.limits import Limit
from attune.people.models import Account, EntryLink
from attune.people.viewers import Viewer

PIN_SHORTEST, PIN_LONGEST = 4, 12
#: Wrong PINs of one account; then it waits, and is never shut out for good. All of four digits take most of a year.
WRONG_PINS, WRONG_PINS_IN_A_DAY = Limit("wrong PINs of an account", 5, 300), Limit("wrong PINs in a day", 30, 86400)
_TOMORROW = "Wait until tomorrow, or ask whoever works with you here for a new way in."
#: What a PIN opens.
DATES, WHOLE = "dates", "whole"


def set_pins(account: Account, *, dates: str, whole: str, by: Viewer, at: datetime) -> None:
    """From the next sign-in on a PIN is asked for: the one opens dates only, the other everything."""
    fields = {name: fault for name, pin in (("dates", dates), ("whole", whole)) if (fault := _fault_of(pin))}
    if not fields and dates == whole:
        fields["whole"] = "Take another one than for the dates: each opens something else."
    if fields:
        raise Refused("Nothing was changed.", fields)
    _set_pins(account, make_password(dates), make_password(whole), verb="pins.set", by=by, at=at)


def drop_pins(account: Account, *, by: Viewer, at: datetime) -> None:
    """No PIN is asked for any more."""
    _set_pins(account, "", "", verb="pins.dropped", by=by, at=at)


def _set_pins(account: Account, dates: str, whole: str, *, verb: str, by: Viewer, at: datetime) -> None:
    account.dates_pin, account.whole_pin = dates, whole
    with unit() as record:
        account.save(update_fields=["dates_pin", "whole_pin"])
        record(verb, by=by, at=at, subject=account.id, subject_kind="account")


def _fault_of(pin: str) -> str:
    if not (pin.isascii() and pin.isdigit() and PIN_SHORTEST <= len(pin) <= PIN_LONGEST):
        return f"Take {PIN_SHORTEST} to {PIN_LONGEST} digits."
    return "" if len(set(pin)) > 1 else "Take digits that are not all the same."


def what_opens(account: Account, pin: str, *, at: datetime) -> str:
    """`DATES` or `WHOLE`; raises `Refused` for any other PIN, and when it was tried too often.

    Both are looked at every time: how long it takes does not tell which it was. It counts as wrong until it was right,
    so that many at once are no way around the limit.
    """
    me = account.id.hex
    for limit, wait in ((WRONG_PINS, "Wait five minutes, then try again."), (WRONG_PINS_IN_A_DAY, _TOMORROW)):
        if not limit.take(me):
            raise Refused("That was tried too often.", {"pin": wait})
    opens = {DATES: check_password(pin, account.dates_pin), WHOLE: check_password(pin, account.whole_pin)}
    found = next((what for what, right in opens.items() if right), "")
    if not found:
        note("pin.refused", by=Viewer(account.person_id), at=at, subject=account.id, subject_kind="account")
        raise Refused("That was not it.", {"pin": "This PIN opens nothing. Look at it and try again."})
    WRONG_PINS.forget(me)
    WRONG_PINS_IN_A_DAY.forget(me)
    return found


def change_address(account: Account, *, email: str, by: Viewer, at: datetime) -> None:
    """Codes go to another address from now on. Whoever is signed in, or still has a link, is out."""
    email = email.strip()
    check_free(email, but_for=account.pk)
    account.email = email
    with unit() as record:
        account.save(update_fields=["email"])
        end_ways(account, at=at)
        record("account.moved", by=by, at=at, subject=account.id, subject_kind="account")


def end_account(account: Account, *, by: Viewer, at: datetime) -> None:
    """Nobody signs in with it any more. What was said stays where it is."""
    account.is_active = False
    account.email = f"{account.id.hex}@ended.invalid"  # it may be used again, by whomever
    with unit() as record:
        account.save(update_fields=["is_active", "email"])
        end_ways(account, at=at)
        record("account.ended", by=by, at=at, subject=account.id, subject_kind="account")


def open_again(account: Account, *, email: str, by: Viewer, at: datetime) -> None:
    """An account that had been ended, at this address; of the ways in from before, none is left."""
    email = email.strip()
    check_free(email, but_for=account.pk)
    account.email, account.is_active = email, True
    account.dates_pin = account.whole_pin = ""
    with unit() as record:
        account.save(update_fields=["email", "is_active", "dates_pin", "whole_pin"])
        end_ways(account, at=at)
        record("account.given", by=by, at=at, subject=account.id, subject_kind="account")


def begin_anew(account: Account, *, at: datetime) -> None:
    """Whoever comes in by a new link has lost the way they had: passkeys, PINs and open sessions go."""
    account.dates_pin = account.whole_pin = ""
    account.save(update_fields=["dates_pin", "whole_pin"])
    end_ways(account, at=at)


def end_ways(account: Account, *, at: datetime) -> None:
    """Links, passkeys and open sessions: none of them opens anything any more."""
    EntryLink.objects.filter(account=account, used_at=None).update(until=at)
    Authenticator.objects.filter(user_id=account.pk).delete()
    account.set_unusable_password()  # another one: every session is bound to it
    account.save(update_fields=["password"])
    for session in UserSession.objects.filter(user_id=account.pk):
        session.end()
