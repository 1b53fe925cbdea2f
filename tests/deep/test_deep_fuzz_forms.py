"""Anything at all is sent to a check-in's form: never a fault of the server, and nothing half kept."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from support.cast import NOW, Cast, make_cast

from attune.base.clock import fixed
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Response
from attune.vault.keys import keyring
from attune_science import instruments

pytestmark = pytest.mark.deep

KEYS = (
    st.sampled_from([item.key for item in instruments.get("attune-session").items])
    | st.sampled_from(
        ["gad-2.item-1", "phq-9.item-9", "phq-9.difficulty", "gad-2.x", "again.gad-2", "again.", ".", "a.b"]
    )
    | st.text(max_size=8)
)
VALUES = (
    st.sampled_from(["0", "10", "11", "-1", "pass", "stop", "less", "yes", "small", "leave", "٣", "1e400", "NaN", "\0"])
    | st.text()
)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    with fixed(NOW):
        yield make_cast()


def test_whatever_is_sent_is_taken_whole_or_refused(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    statuses: set[int] = set()

    @hypothesis(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent=st.dictionaries(KEYS, VALUES, max_size=12))
    def anything(sent: dict[str, str]) -> None:
        kept = Response.objects.values("submission").distinct().count()
        with keyring():
            parts = [part_of(instruments.get(key)) for key in ("attune-session", "gad-2", "phq-9")]
            asking = Asking("after", parts)
            token = invite(cast.amara, asking=asking, by=cast.ben, at=NOW)[1]
        status = client.post(f"/c/{token}/", sent).status_code
        statuses.add(status)
        assert status in (302, 400, 422), status
        assert Response.objects.values("submission").distinct().count() == kept + (status == 302)

    anything()
    assert {302, 422} <= statuses
