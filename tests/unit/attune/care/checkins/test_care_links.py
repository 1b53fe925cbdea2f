"""Links: 256 bits that only the client has; a newer one for the same closes the older."""

from datetime import timedelta

import pytest
from support.askings import ask
from support.cast import NOW, Cast

from attune.base.errors import NotYours
from attune.base.ids import new_id
from attune.care.checkins.actions import LINK_LASTS, invite
from attune.care.checkins.models import Invitation
from attune.care.checkins.readers import get_invitation, is_expired
from attune.care.checkins.tokens import hash_of, new_token
from attune.care.episodes.models import Participant
from attune.care.workflows.receive_checkin import Sent, receive_checkin

PHQ9 = ask("questionnaire", "phq-9", "full")


def new_link(cast: Cast, who: Participant | None = None) -> str:
    return invite(who or cast.amara, asking=PHQ9, by=cast.ben, at=NOW)[1]


def test_a_token_is_long_and_only_its_hash_is_kept(cast: Cast) -> None:
    token = new_link(cast)
    assert len(token) == 43
    assert token not in str(list(Invitation.objects.values()))
    assert get_invitation(token).token_hash == hash_of(token)
    assert len({new_token() for _ in range(100)}) == 100


def test_what_is_no_token_leads_nowhere(cast: Cast) -> None:
    for wrong in ("", "x", "\ud800", hash_of(new_link(cast))):
        with pytest.raises(NotYours):
            get_invitation(wrong)


def test_a_newer_link_closes_the_older(cast: Cast) -> None:
    older, others = new_link(cast), new_link(cast, cast.farah)
    newer = new_link(cast)
    expired = {token: is_expired(get_invitation(token), at=NOW) for token in (older, newer, others)}
    assert expired == {older: True, newer: False, others: False}


def test_an_answered_link_is_not_withdrawn(cast: Cast) -> None:
    answered = new_link(cast)
    receive_checkin(token=answered, sent=Sent({"item-1": "1"}, new_id()), at=NOW)
    new_link(cast)
    assert get_invitation(answered).withdrawn_at is None


def test_a_link_lasts_three_days(cast: Cast) -> None:
    invitation = get_invitation(new_link(cast))
    assert invitation.expires_at - invitation.made_at == LINK_LASTS
    assert LINK_LASTS.total_seconds() == 72 * 3600
    assert not is_expired(invitation, at=NOW + LINK_LASTS - timedelta(seconds=1))
    assert is_expired(invitation, at=NOW + LINK_LASTS)


def test_a_link_closes_when_the_client_leaves(cast: Cast) -> None:
    token = new_link(cast)
    Participant.objects.filter(pk=cast.amara.pk).update(until=NOW)
    assert is_expired(get_invitation(token), at=NOW)
