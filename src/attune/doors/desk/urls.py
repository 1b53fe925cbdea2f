"""The therapist's addresses."""

from django.urls import path

from attune.doors.desk import (
    after_session,
    brief,
    caseload,
    concerns,
    entered,
    episodes,
    invitations,
    not_these_people,
    questionnaires,
    responses,
    schedule,
    timeline,
    transcripts,
)

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
    path("participants/<uuid:participant_id>/hand-over/", invitations.hand_over_here, name="hand-over"),
    path("participants/<uuid:participant_id>/questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("participants/<uuid:participant_id>/timeline/", timeline.timeline, name="timeline"),
    path(
        "participants/<uuid:participant_id>/not-these-people/",
        not_these_people.not_these_people,
        name="not-these-people",
    ),
    path("sessions/<uuid:session_id>/after/<uuid:participant_id>/", after_session.after, name="after"),
    path("sessions/<uuid:session_id>/enter/<uuid:participant_id>/", entered.enter, name="enter-after"),
    path("appointments/<uuid:appointment_id>/enter/<uuid:participant_id>/", entered.enter, name="enter-before"),
    path("sessions/<uuid:session_id>/sheet/<uuid:participant_id>/", entered.sheet, name="sheet-after"),
    path("appointments/<uuid:appointment_id>/sheet/<uuid:participant_id>/", entered.sheet, name="sheet-before"),
    path("participants/<uuid:participant_id>/enter/<slug:instrument>/", entered.enter, name="enter-questionnaire"),
    path("participants/<uuid:participant_id>/sheet/<slug:instrument>/", entered.sheet, name="sheet-questionnaire"),
    path("sessions/<uuid:session_id>/transcript/", transcripts.session_transcript, name="session-transcript"),
    path("sessions/<uuid:session_id>/transcript/consent-sheet/", transcripts.consent_sheet, name="consent-sheet"),
    path("consents/<uuid:consent_id>/take-back/", transcripts.take_back, name="take-back"),
    path("transcripts/<uuid:transcript_id>/", transcripts.transcript, name="transcript"),
    path("transcripts/<uuid:transcript_id>/withdraw/", transcripts.withdraw, name="withdraw-transcript"),
    path("findings/<uuid:finding_id>/", transcripts.finding, name="finding"),
    path("responses/<uuid:response_id>/", responses.response, name="response"),
    path("concerns/<uuid:concern_id>/answer/", concerns.answer, name="answer-concern"),
]
