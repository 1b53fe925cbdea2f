"""The addresses of a clinic, and the gallery, which otherwise only a demo has."""

from django.urls import include, path

from attune.urls import handler400, handler404, handler500
from attune.urls import urlpatterns as clinic

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*clinic, path("demo/", include("attune.doors.entrance.demo_urls"))]
