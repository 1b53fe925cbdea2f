"""What every page may need to know of the house."""

from django.db import Error
from django.http import HttpRequest

from attune.people.readers import get_installation


def house(request: HttpRequest) -> dict[str, object]:
    """`is_demo`: pages of a demo say that their people are made up.

    Help now must open while the database is down: then nothing is said of it.
    """
    try:
        return {"is_demo": get_installation().kind == "demo"}
    except Error:
        return {"is_demo": False}
