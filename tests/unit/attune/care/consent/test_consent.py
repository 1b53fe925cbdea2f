"""Consent stands for one client and one session, as it was given, until it is taken back."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast
from support.sessions_told import yesterdays_session

from attune.audit.models import Event
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.consent.actions import TERMS, record_consent, revoke_consent
from attune.care.consent.models import Consent
from attune.care.consent.readers import get_standing_consent, list_standing, list_who_must_agree
from attune.care.schedule.models import Session
from attune.people.viewers import get_viewer

TODAY = NOW.date()


@pytest.fixture
def session(cast: Cast) -> Session:
    return yesterdays_session(cast.amara, by=cast.ben)


@pytest.fixture
def given(cast: Cast, session: Session) -> Consent:
    return record_consent(session, cast.amara, how="paper", given_on=TODAY, by=cast.ben, at=NOW)


def test_it_is_kept_as_it_was_given(cast: Cast, session: Session, given: Consent) -> None:
    kept = Consent.objects.get()
    assert (kept.participant, kept.session, kept.how, kept.given_on) == (cast.amara, session, "paper", TODAY)
    assert (kept.terms, kept.recorded_by_id, kept.recorded_at) == (TERMS, cast.ben.person_id, NOW)
    assert list_standing(session) == {cast.amara.id: given}
    event = Event.objects.latest("seq")
    assert (event.verb, event.subject, event.episode) == ("consent.recorded", given.id, cast.amara.episode_id)


@pytest.mark.parametrize(
    ("how", "days", "field"),
    [("shouted", 0, "how"), ("", 0, "how"), ("paper", 1, "given_on"), ("phone", 400, "given_on")],
)
def test_what_cannot_be(cast: Cast, session: Session, how: str, days: int, field: str) -> None:
    day = TODAY + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        record_consent(session, cast.amara, how=how, given_on=day, by=cast.ben, at=NOW)
    assert set(refused.value.fields) == {field}
    assert not Consent.objects.exists()


def test_today_is_the_day_where_they_are(cast: Cast, session: Session) -> None:
    """Shortly before midnight of UTC it is tomorrow in Kiritimati already."""
    cast.amara.episode.zone = "Pacific/Kiritimati"
    late = NOW.replace(hour=23)
    tomorrow = late.date() + timedelta(days=1)
    assert record_consent(session, cast.amara, how="phone", given_on=tomorrow, by=cast.ben, at=late).pk


def test_who_was_not_there_cannot_agree(cast: Cast, session: Session) -> None:
    with pytest.raises(Refused, match="was not in this session"):
        record_consent(session, cast.farah, how="paper", given_on=TODAY, by=cast.ben, at=NOW)


def test_it_is_recorded_once(cast: Cast, session: Session, given: Consent) -> None:
    with pytest.raises(Conflict):
        record_consent(session, cast.amara, how="phone", given_on=TODAY, by=cast.ben, at=NOW)
    assert Consent.objects.get() == given


def test_taken_back_it_stands_no_more_and_is_remembered(cast: Cast, session: Session, given: Consent) -> None:
    revoke_consent(given, by=cast.ben, at=NOW)
    kept = Consent.objects.get()
    assert (kept.revoked_at, kept.revoked_by_id) == (NOW, cast.ben.person_id)
    assert list_standing(session) == {}
    assert Event.objects.latest("seq").verb == "consent.revoked"
    with pytest.raises(Conflict):
        revoke_consent(given, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        get_standing_consent(cast.ben, given.id, at=NOW)


def test_they_may_agree_anew(cast: Cast, session: Session, given: Consent) -> None:
    revoke_consent(given, by=cast.ben, at=NOW)
    anew = record_consent(session, cast.amara, how="phone", given_on=TODAY, by=cast.ben, at=NOW)
    assert list_standing(session) == {cast.amara.id: anew}


def test_it_is_of_one_session(cast: Cast, given: Consent) -> None:
    other = yesterdays_session(cast.amara, by=cast.ben, ago=0)
    assert list_standing(other) == {}


def test_a_couple_agrees_one_by_one(cast: Cast) -> None:
    session = yesterdays_session(cast.farah, by=cast.ben)
    assert {who.id for who in list_who_must_agree(session)} == {cast.farah.id, cast.gil.id}
    record_consent(session, cast.gil, how="paper", given_on=TODAY, by=cast.ben, at=NOW)
    assert set(list_standing(session)) == {cast.gil.id}


def test_another_therapist_does_not_find_it(cast: Cast, given: Consent) -> None:
    ola = get_viewer(cast.accounts["Ola"].person_id, at=NOW)
    with pytest.raises(NotYours):
        get_standing_consent(ola, given.id, at=NOW)
    assert get_standing_consent(cast.ben, given.id, at=NOW) == given
