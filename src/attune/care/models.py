"""The list that Django needs: every model of the record, by noun."""

from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.models import Draft, Holding, Invitation, Prediction, Response, Score
from attune.care.consent.models import Asked, Consent
from attune.care.episodes.models import Assignment, Episode, Grant, KeptOut, Participant
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.messages.models import Message
from attune.care.notes.models import Keeping, Moment, PrivateNote
from attune.care.questionnaires.models import Questionnaire, Rhythm, Wording
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Move, Series, Session
from attune.care.sending.models import Sending
from attune.care.signals.models import Signal
from attune.care.summaries.models import Summary

__all__ = [
    "Answer",
    "Appointment",
    "Asked",
    "Assignment",
    "Concern",
    "Consent",
    "Draft",
    "Episode",
    "Grant",
    "Holding",
    "Invitation",
    "Keeping",
    "Kept",
    "KeptOut",
    "Message",
    "Moment",
    "Move",
    "Participant",
    "Prediction",
    "PrivateNote",
    "Questionnaire",
    "Response",
    "Rhythm",
    "Score",
    "Sending",
    "Series",
    "Session",
    "Signal",
    "Step",
    "Summary",
    "Verdict",
    "Word",
    "Wording",
]
