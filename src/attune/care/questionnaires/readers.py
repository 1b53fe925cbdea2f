"""What may be asked about how a participant is asked, and in which words."""

from functools import lru_cache

from attune.base.errors import Gone
from attune.care.episodes.models import Participant
from attune.care.questionnaires.models import Questionnaire, Rhythm, Wording
from attune.care.questionnaires.rules import Coming, form_of_session
from attune_science import instruments
from attune_science.errors import ScienceError
from attune_science.instruments import Definition


def get_form_for(participant: Participant, *, number: int) -> str:
    """The form of the check-in after the session with this number, as rhythm and the client's own choice have it."""
    always = Rhythm.objects.filter(participant=participant, always_eight=True).exists()
    return form_of_session(number, always_eight=always)


def get_definition(key: str, version: str) -> Definition:
    """An instrument in the very version that was asked: with the clinic's own wording where it ships without one.

    Raises `Gone` when that version is not at hand any more: another release, a pack that was taken out.
    """
    try:
        base = instruments.get(key)
    except ScienceError as problem:
        raise Gone("The instrument that was asked here is not installed any more.") from problem
    if base.version == version:
        return base
    text = Wording.objects.filter(instrument=key, version=version).values_list("text", flat=True).first()
    worded = _worded(key, text) if text is not None else None
    if worded is None or worded.version != version:
        raise Gone("This was made with another version of the questionnaire. Ask for a new link when you next speak.")
    return worded


@lru_cache(maxsize=64)
def _worded(key: str, text: str) -> Definition | None:
    """The same text is always the same definition, so it can be kept. None: it no longer fits this release's items."""
    try:
        return instruments.with_wording(instruments.get(key), text, f"{key}.toml")
    except ScienceError:
        return None


def list_offered() -> list[Definition]:
    """The questionnaires that can be asked here: those that ship with their words, and those with a clinic's own."""
    known = map(instruments.get, instruments.keys())
    loaded = dict(Wording.objects.filter(withdrawn_at=None).values_list("instrument", "text"))
    questionnaires = [one for one in known if one.kind == "questionnaire"]
    offered = [one for one in questionnaires if one.has_wording]
    worded = (_worded(one.key, loaded[one.key]) for one in questionnaires if one.key in loaded)
    offered += [one for one in worded if one is not None]
    return sorted(offered, key=lambda one: one.name)


def get_offered(key: str) -> Definition | None:
    """The questionnaire under this key as it would be asked now, or None."""
    return next((one for one in list_offered() if one.key == key), None)


def list_coming(participant: Participant) -> list[Coming]:
    """What this participant is asked again and again; what cannot be asked here any more is left out."""
    rows = list(Questionnaire.objects.filter(participant=participant, until=None).order_by("since"))
    if not rows:  # nearly always: and then there is nothing to look up
        return []
    offered = {one.key: one for one in list_offered()}
    return [
        Coming(offered[row.instrument], row.every, by_client=row.chosen_by == Questionnaire.Whose.CLIENT)
        for row in rows
        if row.instrument in offered
    ]


def get_wording(instrument: str) -> Wording | None:
    """The wording that is asked now."""
    return Wording.objects.filter(instrument=instrument, withdrawn_at=None).first()
