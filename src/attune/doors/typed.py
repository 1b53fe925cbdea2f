"""What somebody typed, given back to them when it could not be kept: nothing of it is stored, nothing is looked up."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError

#: The doors whose forms people fill in. Not the entrance: a password or a code is never sent back.
_DOORS = frozenset({"desk", "office", "portal"})
_FORM = "application/x-www-form-urlencoded"  # what carries files is of another kind, and is not given back
#: A mark, a number, a key: nothing that anybody would copy out. A lone small word looks like one of these.
_MARK = re.compile(r"[a-z0-9_:.-]*")
#: Where the field's own words may be as short as a mark.
_WORDS = frozenset({"intention", "moved", "words"})
_MACHINERY = frozenset({"csrfmiddlewaretoken", "submission", "revision", "quiet"})


@dataclass(frozen=True)
class Typed:
    """Every field as it was sent, to be sent again; and the words among them, to be read and copied."""

    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> list[str]:
        """What somebody wrote, without the marks and keys around it."""
        return [
            text
            for name, text in self.fields
            if text and name not in _MACHINERY and (name in _WORDS or not _MARK.fullmatch(text))
        ]


def get_typed(request: HttpRequest) -> Typed | None:
    """What this form sent, its key and its token with it; None where it is no form of a person, or holds a secret."""
    if request.method != "POST" or request.content_type != _FORM or door_of(request) not in _DOORS:
        return None
    if hasattr(request, "sensitive_post_parameters"):  # the page says itself that there is a secret in it
        return None
    try:
        fields = tuple((name, str(value)) for name, values in request.POST.lists() for value in values)
    except (UnreadablePostError, SuspiciousOperation):  # it did not arrive whole
        return None
    return Typed(fields) if fields else None


def id_in(sent: str) -> UUID | None:
    """The id that a form sent; None where it is none."""
    try:
        return UUID(sent)
    except ValueError:
        return None


def door_of(request: HttpRequest) -> str:
    """Through which door this came; empty where the address leads nowhere."""
    match = request.resolver_match
    return match.app_names[0] if match and match.app_names else ""
