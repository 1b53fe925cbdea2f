"""The therapist's addresses."""

from django.urls import path

from attune.doors.desk import after_session, brief, caseload, concerns, episodes, invitations, responses, schedule

app_name = "desk"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("episodes/new/", episodes.new, name="new-episode"),
    path("episodes/<uuid:episode_id>/", episodes.episode, name="episode"),
    path("episodes/<uuid:episode_id>/brief/", brief.brief, name="brief"),
    path("episodes/<uuid:episode_id>/appointments/new/", schedule.new, name="new-appointment"),
    path("appointments/<uuid:appointment_id>/held/", schedule.held, name="held"),
    path("appointments/<uuid:appointment_id>/cancelled/", schedule.cancelled, name="cancelled"),
    path("appointments/<uuid:appointment_id>/reinstated/", schedule.reinstated, name="reinstated"),
    path("participants/<uuid:participant_id>/invite/", invitations.invite, name="invite"),
    path("sessions/<uuid:session_id>/after/<uuid:participant_id>/", after_session.after, name="after"),
    path("responses/<uuid:response_id>/", responses.response, name="response"),
    path("concerns/<uuid:concern_id>/answer/", concerns.answer, name="answer-concern"),
]
