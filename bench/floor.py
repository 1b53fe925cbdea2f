"""The bare floor: one Django view that writes one row, on a database set up as the product's."""

import os
from typing import Any

import django
from django.conf import settings

from attune.base.sqlite import pragmas

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    SECRET_KEY="the floor signs nothing",
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["FLOOR_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas()},
        }
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings
from django.db import connection, models, transaction  # noqa: E402 - after the settings
from django.http import HttpRequest, HttpResponse  # noqa: E402 - after the settings
from django.urls import path  # noqa: E402 - after the settings


class Line(models.Model):
    """One row."""

    text = models.TextField()

    class Meta:
        app_label = "floor"


def write(request: HttpRequest) -> HttpResponse:
    """Keep what was sent."""
    with transaction.atomic():
        Line(text=request.POST["text"]).save(force_insert=True)
    return HttpResponse("kept")


urlpatterns: list[Any] = [path("", write)]
application = get_wsgi_application()
if Line._meta.db_table not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(Line)
connection.close()
