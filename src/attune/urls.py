"""Every address of the product: the doors, side by side."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from attune.environment import DEMO_MASTER_FILE

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("attune.doors.entrance.urls")),
    path("", include("attune.doors.entrance.account_urls")),
    path("", include("attune.doors.portal.urls")),
    path("desk/", include("attune.doors.desk.urls")),
    path("office/", include("attune.doors.office.urls")),
]

# One-click sign-in exists only where a demo has been made: a clinic has no such addresses at all.
if (settings.ATTUNE.home / DEMO_MASTER_FILE).exists():
    urlpatterns.append(path("demo/", include("attune.doors.entrance.demo_urls")))

handler400 = "attune.doors.errors.bad_request"
handler404 = "attune.doors.errors.not_found"
handler429 = "attune.doors.gates.too_many"  # asked by allauth
handler500 = "attune.doors.errors.server_error"
