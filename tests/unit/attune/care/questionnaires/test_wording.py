"""A clinic's own wording: one at a time, each its own version, and the old ones stay readable."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast
from support.wordings import wording_file

from attune.audit.models import Event
from attune.base.errors import Conflict, Gone, NotYours, Refused
from attune.care.questionnaires.actions import LARGEST, load_wording, withdraw_wording
from attune.care.questionnaires.models import Wording
from attune.care.questionnaires.readers import get_definition, get_offered, get_wording, list_offered
from attune.people.viewers import Viewer
from attune_science import instruments

LATER = NOW + timedelta(days=1)


@pytest.fixture
def eli(cast: Cast) -> Viewer:
    return Viewer(cast.accounts["Eli"].person_id)


def load(eli: Viewer, says: str = "Line") -> Wording:
    return load_wording("wai-b3", file=wording_file("wai-b3", says=says), licence_held=True, by=eli, at=NOW)


def test_what_has_no_words_is_not_offered_until_they_are_loaded(eli: Viewer) -> None:
    assert get_offered("wai-b3") is None
    kept = load(eli)
    offered = get_offered("wai-b3")
    assert offered is not None
    assert offered.version == kept.version == get_definition("wai-b3", kept.version).version
    assert [item.text.say() for item in offered.items] == ["Line 1", "Line 2", "Line 3"]
    assert [scale.key for scale in offered.scales] == ["mean"]
    assert "wai-s" not in [one.key for one in list_offered()]


def test_other_words_are_another_version_and_the_old_one_can_be_read(eli: Viewer) -> None:
    first, second = load(eli), load(eli, "Other line")
    assert first.version != second.version
    assert first.version.startswith(f"{instruments.get('wai-b3').version}+")
    in_use = get_wording("wai-b3")
    assert in_use is not None
    assert in_use.pk == second.pk
    for version, words in ((first.version, "Line 1"), (second.version, "Other line 1")):
        assert get_definition("wai-b3", version).items[0].text.say() == words


def test_a_withdrawn_wording_is_asked_of_nobody_and_can_be_read(eli: Viewer) -> None:
    kept = load(eli)
    withdraw_wording("wai-b3", by=eli, at=LATER)
    assert get_offered("wai-b3") is None
    assert get_definition("wai-b3", kept.version).items[0].text.say() == "Line 1"
    assert Wording.objects.get().withdrawn_at == LATER
    with pytest.raises(Conflict):
        withdraw_wording("wai-b3", by=eli, at=LATER)


def test_loading_again_undoes_it(eli: Viewer) -> None:
    first = load(eli)
    with pytest.raises(Conflict):
        load(eli)
    withdraw_wording("wai-b3", by=eli, at=NOW)
    assert load(eli).version == first.version
    assert Wording.objects.filter(withdrawn_at=None).count() == 1
    verbs = list(Event.objects.filter(verb__startswith="wording.").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["wording.loaded", "wording.withdrawn", "wording.loaded"]


def test_no_licence_no_words(eli: Viewer) -> None:
    with pytest.raises(Refused) as refused:
        load_wording("wai-b3", file=wording_file("wai-b3"), licence_held=False, by=eli, at=NOW)
    assert set(refused.value.fields) == {"licence"}
    assert not Wording.objects.exists()


@pytest.mark.parametrize("key", ["phq-9", "nothing-here"])
def test_words_are_loaded_only_where_there_are_none(eli: Viewer, key: str) -> None:
    with pytest.raises(NotYours):
        load_wording(key, file=wording_file("wai-b3"), licence_held=True, by=eli, at=NOW)


def test_a_refusal_leaves_the_wording_in_use(eli: Viewer) -> None:
    kept = load(eli)
    for file in (b"", b"\xff", b"x" * (LARGEST + 1), wording_file("wai-b3").replace(b"item-9", b"item-1")):
        with pytest.raises(Refused) as refused:
            load_wording("wai-b3", file=file, licence_held=True, by=eli, at=LATER)
        assert set(refused.value.fields) == {"file"}
    in_use = get_wording("wai-b3")
    assert in_use is not None
    assert in_use.pk == kept.pk


def test_a_version_that_was_never_here_is_gone(eli: Viewer) -> None:
    load(eli)
    with pytest.raises(Gone):
        get_definition("wai-b3", "1+00000000")
