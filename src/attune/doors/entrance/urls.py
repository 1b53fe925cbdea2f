"""Addresses that anybody may open."""

from django.urls import path

from attune.doors.entrance import pages, sign_in

app_name = "entrance"
urlpatterns = [
    path("", pages.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("help-now/", pages.help_now, name="help-now"),
    path("health/", pages.health, name="health"),
]
