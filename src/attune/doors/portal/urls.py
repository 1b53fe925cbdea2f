"""The client's addresses. A link's token is in its path: no log line carries a path."""

from django.urls import path

from attune.doors.portal import checkins

app_name = "portal"
urlpatterns = [
    path("c/<str:token>/", checkins.checkin, name="checkin"),
    path("c/<str:token>/received/", checkins.received, name="received"),
    path("c/<str:token>/draft/", checkins.draft, name="draft"),
    path("c/<str:token>/correct/", checkins.correct, name="correct"),
]
