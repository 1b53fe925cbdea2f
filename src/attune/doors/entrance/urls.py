"""Addresses that anybody may open."""

from django.urls import path

from attune.doors.entrance import leaving, pages, welcome

app_name = "entrance"
urlpatterns = [
    path("", pages.home, name="home"),
    path("sign-out/", leaving.sign_out, name="sign-out"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("help-now/", pages.help_now, name="help-now"),
    path("health/", pages.health, name="health"),
]
