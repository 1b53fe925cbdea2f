"""The list that Django needs: every model of the record, by noun."""

from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.models import Invitation, Prediction, Response, Score
from attune.care.episodes.models import Assignment, Episode, Grant, Participant
from attune.care.feedback.models import Word
from attune.care.questionnaires.models import Rhythm
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.care.signals.models import Signal

__all__ = [
    "Appointment",
    "Assignment",
    "Concern",
    "Episode",
    "Grant",
    "Invitation",
    "Kept",
    "Participant",
    "Prediction",
    "Response",
    "Rhythm",
    "Score",
    "Session",
    "Signal",
    "Step",
    "Word",
]
