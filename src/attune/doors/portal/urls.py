"""The client's addresses: forms by their links, and own pages. A link's token is in its path: no log carries a path."""

from django.urls import path

from attune.doors.portal import checkins, feedback, home, kept_out, messages, transcripts, ways

app_name = "portal"
urlpatterns = [
    path("c/<str:token>/", checkins.checkin, name="checkin"),
    path("c/<str:token>/received/", checkins.received, name="received"),
    path("c/<str:token>/draft/", checkins.draft, name="draft"),
    path("c/<str:token>/correct/", checkins.correct, name="correct"),
    path("my/", home.home, name="home"),
    path("my/check-in/<uuid:participant_id>/", home.check_in, name="own-check-in"),
    path("my/said/", home.said, name="said"),
    path("my/said/<uuid:response_id>/", home.one_said, name="one-said"),
    path("my/record/", home.record, name="record"),
    path("my/looked/", home.looked, name="looked"),
    path("my/not-these-people/<uuid:participant_id>/", kept_out.not_these_people, name="not-these-people"),
    path("my/transcripts/", transcripts.transcripts, name="transcripts"),
    path("my/asked/<uuid:asked_id>/", transcripts.asked, name="asked"),
    path("my/consent/<uuid:consent_id>/", transcripts.consent, name="consent"),
    path("my/transcripts/<uuid:transcript_id>/", transcripts.transcript, name="transcript"),
    path("my/findings/<uuid:finding_id>/", transcripts.finding, name="finding"),
    path("my/messages/", messages.conversations, name="conversations"),
    path("my/messages/<uuid:participant_id>/", messages.conversation, name="conversation"),
    path("my/feedback/<uuid:participant_id>/", feedback.feedback, name="feedback"),
    path("my/summaries/", messages.summaries, name="summaries"),
    path("my/letters/", ways.letters, name="letters"),
    path("my/ways/", ways.ways, name="ways"),
    path("my/pins/", ways.pins, name="pins"),
    path("my/pin/", ways.pin, name="pin"),
    path("my/lock/", ways.lock, name="lock"),
    path("my/again/", ways.again, name="again"),
]
