"""The letter: that there is something, and a link. No name, no word of what it is or of what kind of house this is."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext


@dataclass(frozen=True)
class Letter:
    """All of it, as it is read."""

    subject: str
    text: str


def draw_up(link: str, *, until: datetime, zone: str, several: bool = False) -> Letter:
    """The letter with a link that was made for it."""
    holds = in_words(until.astimezone(ZoneInfo(zone)), "l j F Y, H:i")
    opens = gettext("The link opens until %(until)s, and counts once.") % {"until": holds}
    return _letter(link, opens, hidden=several)


def draw_up_for_sign_in(*, hidden: bool = False) -> Letter:
    """The same about what waits behind the sign-in: with the address of the house, for clients and staff alike.

    Hidden it names no switch: whoever looks on sees the dates alone, where there is none, and would ask for the rest.
    """
    opens = gettext("It opens once you have signed in.")
    if not hidden:
        opens = gettext("It opens once you have signed in. Letters like this can be switched off there.")
    return _letter(f"{settings.ATTUNE.url}/", opens, hidden=hidden)


def _letter(link: str, opens: str, *, hidden: bool) -> Letter:
    """`hidden`: where somebody else may be looking, the subject is a word that may lie open anywhere."""
    lines = [link, opens, gettext("Nobody reads what is sent back to this address.")]
    if hidden:
        return Letter(gettext("Appointment"), "\n\n".join(lines) + "\n")
    there = gettext("There is something for you")
    return Letter(there, "\n\n".join([f"{there}:", *lines]) + "\n")


def as_mail(letter: Letter, *, to: str, mark: UUID) -> bytes:
    """As it goes over the wire: from the bare address, with an id of our own and not one that names the machine."""
    sender = sender_address()
    headers = {"Message-ID": f"<{mark}@{sender.rpartition('@')[2]}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(letter.subject, letter.text, sender, [to], headers=headers).message()
    return message.as_bytes().replace(b"\n", b"\r\n")


def sender_address() -> str:
    """Where letters come from, without the name that an operator may have put before it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
