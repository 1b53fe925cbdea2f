"""What every page may need to know of the house."""

from allauth.account import app_settings
from django.db import Error
from django.http import HttpRequest

from attune.people.readers import get_installation


def house(request: HttpRequest) -> dict[str, object]:
    """`is_demo`: pages of a demo say that their people are made up. `sends_mail`: whether a code can come by mail.

    Help now must open while the database is down: then nothing is said of it.
    """
    sends = {"sends_mail": app_settings.LOGIN_BY_CODE_ENABLED}
    try:
        return sends | {"is_demo": get_installation().kind == "demo"}
    except Error:
        return sends | {"is_demo": False}
