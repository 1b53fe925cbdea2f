"""The whole address of a check-in, as it is handed out: on a screen, or in a letter."""

from django.conf import settings
from django.urls import reverse


def checkin_link(token: str) -> str:
    """From the token, which stands nowhere else, to what opens the check-in."""
    return f"{settings.ATTUNE.url}{reverse('portal:checkin', args=[token])}"
