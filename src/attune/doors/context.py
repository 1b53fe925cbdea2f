"""What every page may need to know of the house."""

from allauth.account import app_settings
from django.db import Error
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject

from attune.people.readers import get_installation


def house(request: HttpRequest) -> dict[str, object]:
    """`is_demo`: pages of a demo say that their people are made up. `sends_mail`: whether a code can come by mail.
    `csrf_token`: masked once for a page, however many forms it has, and not at all where it has none.

    Help now must open while the database is down: then nothing is said of it.
    """
    known = {
        "sends_mail": app_settings.LOGIN_BY_CODE_ENABLED,
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
    }
    try:
        return known | {"is_demo": get_installation().kind == "demo"}
    except Error:
        return known | {"is_demo": False}
