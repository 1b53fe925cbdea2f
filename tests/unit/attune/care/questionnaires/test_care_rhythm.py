"""All eight lines at sessions 1, 4, 12, 20 … and when the client likes; three otherwise."""

from datetime import timedelta

from support.cast import NOW, Cast

from attune.care.checkins.models import Response
from attune.care.questionnaires.models import Rhythm
from attune.care.questionnaires.readers import get_form_for
from attune.care.questionnaires.rules import form_of_session
from attune.commands.demo.make import tell_episode
from attune.commands.demo.telling import Course, Week, marks


def test_the_rhythm_of_the_house() -> None:
    eight = [number for number in range(1, 30) if form_of_session(number) == "eight"]
    assert eight == [1, 4, 12, 20, 28]


def test_the_clients_own_choice() -> None:
    assert {form_of_session(number, always_eight=True) for number in range(1, 30)} == {"eight"}


def test_the_choice_holds_until_another_is_made(cast: Cast) -> None:
    course = Course(
        [
            Week(marks(8, 8, 8, 8, 8, 8, 8, 8, next_form="eight")),
            Week(marks(8, 8, 8, 8, 8, 8, 8, 8)),
            Week(marks(8, 8, 8, 8, 8, 8, 8, 8, next_form="rhythm")),
            Week(marks(8, 8, 8, 8, 8, 8, 8, 8)),
            Week(marks(8, 8, 8)),
        ]
    )
    _, _, (who,) = tell_episode({"Hana": ("they", course)}, cast.ben, ahead=NOW + timedelta(minutes=20), now=NOW)
    forms = Response.objects.filter(participant=who).order_by("given_at").values_list("form", flat=True)
    assert list(forms) == ["eight", "eight", "eight", "eight", "three"]
    assert Rhythm.objects.get(participant=who).always_eight is False
    assert get_form_for(who, number=6) == "three"
