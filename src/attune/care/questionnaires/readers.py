"""What may be asked about how a participant is asked."""

from attune.care.episodes.models import Participant
from attune.care.questionnaires.models import Rhythm
from attune.care.questionnaires.rules import form_of_session


def get_form_for(participant: Participant, *, number: int) -> str:
    """The form of the check-in after the session with this number, as rhythm and the client's own choice have it."""
    always = Rhythm.objects.filter(participant=participant, always_eight=True).exists()
    return form_of_session(number, always_eight=always)
