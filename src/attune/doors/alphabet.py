"""Everything here is written in UTF-8: whoever says that they write otherwise is not read.

This stands before Django, which believes what a content type names: any codec of the machine, those of bytes (`base64`)
and those that bring forth what no database keeps (`unicode_escape`) among them. Some of them make it fail where no
page answers any more, and the server's log would carry the address. Browsers never name another alphabet.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

#: Set where another alphabet was named; `doors.middleware.legible` answers. No header of a request sets it.
OTHER = "attune.other_alphabet"
_OURS = {"utf-8", "utf8", "us-ascii"}
#: `charset=…`, and every parameter in the extended form, which brings an alphabet of its own.
_NAMED = re.compile(r';\s*(?:charset|[^;=\s]*\*[^;=\s]*)\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)


def in_utf8(application: Application) -> Application:
    """The same application, told of no alphabet but ours."""

    def answer(environ: Environ, start: Any) -> Iterable[bytes]:
        return application(unnamed(environ), start)

    return answer


def unnamed(environ: Environ) -> Environ:
    """What was asked, without the alphabet that it names; noted beside it, where that is not ours."""
    told = environ.get("CONTENT_TYPE", "")
    names = [name.strip('" ').lower() for name in _NAMED.findall(told)]
    if not names:
        return environ
    bare = environ | {"CONTENT_TYPE": _NAMED.sub("", told)}
    return bare if _OURS.issuperset(names) else bare | {OTHER: True}
