"""What may change about how a participant is asked, and in which words."""

from datetime import datetime

from attune.audit.journal import unit
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.episodes.models import Participant
from attune.care.questionnaires.models import Questionnaire, Rhythm, Wording
from attune.care.questionnaires.readers import get_offered, get_wording, list_coming
from attune.care.questionnaires.rules import RHYTHMS, Coming, check_budget, wished
from attune.care.received import Received
from attune.people.viewers import Viewer
from attune_science import instruments
from attune_science.errors import ScienceError

#: The choice on the form, and what it means for the next one.
ALWAYS_EIGHT = {"eight": True, "rhythm": False}
CLIENT, THERAPIST = Questionnaire.Whose.CLIENT, Questionnaire.Whose.THERAPIST


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep the client's choice of form for the next time, and how often they want to be asked this questionnaire."""
    choice = received.answers.choices.get("next_form")
    if choice is not None:
        Rhythm.objects.update_or_create(
            participant=received.participant, defaults={"always_eight": ALWAYS_EIGHT[choice], "chosen_at": at}
        )
    if received.wish:
        _take_wish(received, at=at)


def _take_wish(received: Received, *, at: datetime) -> None:
    """The client's word holds at once; whoever works with them can only make it rarer."""
    who, key = received.participant, received.definition.key
    running = Questionnaire.objects.filter(participant=who, instrument=key, until=None).first()
    every = wished(received.wish, running.every if running else None)
    _end(who, key, by=CLIENT, at=at)
    kept = Questionnaire.objects.create(
        participant=who,
        instrument=key,
        every=every or 0,
        chosen_by=CLIENT,
        since=at,
        until=None if every else at,
        ended_by="" if every else CLIENT,
    )
    received.record(
        "questionnaire.wished",
        by=Viewer(who.person_id),
        at=at,
        subject=kept.id,
        subject_kind="questionnaire",
        episode=who.episode_id,
    )


def _end(who: Participant, instrument: str, *, by: str, at: datetime) -> int:
    running = Questionnaire.objects.filter(participant=who, instrument=instrument, until=None)
    return running.update(until=at, ended_by=by)


def ask_again(participant: Participant, *, instrument: str, every: int, by: Viewer, at: datetime) -> Questionnaire:
    """Ask a questionnaire every so many sessions, in place of the rhythm it had. Refuses what the budget refuses."""
    definition = get_offered(instrument)
    if definition is None or every not in RHYTHMS:
        raise Refused("Choose a questionnaire and a rhythm from the list.")
    with unit() as record:
        Participant.objects.select_for_update().get(pk=participant.pk)  # two therapists at once: one after the other
        _check_clients_word(participant, instrument, every)
        others = [one for one in list_coming(participant) if one.definition.key != instrument]
        check_budget([*others, Coming(definition, every)])
        _end(participant, instrument, by=THERAPIST, at=at)
        kept = Questionnaire.objects.create(
            participant=participant, instrument=instrument, every=every, chosen_by=THERAPIST, since=at
        )
        record(
            "questionnaire.set",
            by=by,
            at=at,
            subject=kept.id,
            subject_kind="questionnaire",
            episode=participant.episode_id,
        )
    return kept


def _check_clients_word(participant: Participant, instrument: str, every: int) -> None:
    """Their last word holds, also after a therapist has made it rarer."""
    theirs = Questionnaire.objects.filter(participant=participant, instrument=instrument, chosen_by=CLIENT)
    last = theirs.order_by("-since", "-id").first()
    if last is None:
        return
    if last.ended_by == CLIENT:
        raise Conflict(
            "They asked not to be asked this any more. If that has changed, hand them a link: "
            "beneath the questions they can say how often."
        )
    if every < last.every:
        raise Conflict(
            f"They chose to be asked every {last.every} sessions. More often is theirs to choose, on the form."
        )


def stop_asking(participant: Participant, *, instrument: str, by: Viewer, at: datetime) -> None:
    """Ask a questionnaire no more; what was answered stays."""
    with unit() as record:
        running = Questionnaire.objects.filter(participant=participant, instrument=instrument, until=None).first()
        if running is None or not _end(participant, instrument, by=THERAPIST, at=at):
            raise Conflict("This is not asked any more already.")
        record(
            "questionnaire.stopped",
            by=by,
            at=at,
            subject=running.id,
            subject_kind="questionnaire",
            episode=participant.episode_id,
        )


#: A wording file is text of some kilobytes; more is a mistake.
LARGEST = 200_000


def load_wording(instrument: str, *, file: bytes, licence_held: bool, by: Viewer, at: datetime) -> Wording:
    """Put the clinic's own licensed wording in place of none, or of the one before. Refusals name item and mend."""
    known = instruments.keys()
    if instrument not in known or instruments.get(instrument).has_wording:
        raise NotYours
    if not licence_held:
        raise Refused(
            "Wording is loaded only by a clinic that holds the licence for it.",
            {"licence": "Tick this if your clinic holds a licence that covers use on screen. If not, leave it."},
        )
    text = _text_of(file)
    try:
        version = instruments.with_wording(instruments.get(instrument), text, "The file").version
    except ScienceError as problem:
        raise Refused("The file was not taken; nothing has changed.", {"file": str(problem)}) from problem
    with unit() as record:
        running = get_wording(instrument)
        if running is not None and running.version == version:
            raise Conflict("This very wording is in use already.")
        Wording.objects.filter(instrument=instrument, withdrawn_at=None).update(withdrawn_at=at)
        kept = Wording.objects.create(
            instrument=instrument, version=version, text=text, loaded_by_id=by.me, loaded_at=at
        )
        record("wording.loaded", by=by, at=at, subject=kept.id, subject_kind="wording")
    return kept


def _text_of(file: bytes) -> str:
    if len(file) > LARGEST:
        raise Refused("The file was not taken.", {"file": "It is larger than a wording can be. Choose the TOML file."})
    try:
        text = file.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise Refused("The file was not taken.", {"file": "It is not UTF-8 text. Save it as UTF-8."}) from problem
    if not text.strip() or "\0" in text:
        raise Refused("The file was not taken.", {"file": "It holds no text. Choose the TOML file with the wording."})
    return text


def withdraw_wording(instrument: str, *, by: Viewer, at: datetime) -> None:
    """Ask this instrument of nobody any more: no new link asks it, its rhythms rest, what was answered can be read."""
    with unit() as record:
        running = get_wording(instrument)
        if running is None:
            raise Conflict("No wording of this is in use.")
        Wording.objects.filter(pk=running.pk).update(withdrawn_at=at)
        record("wording.withdrawn", by=by, at=at, subject=running.id, subject_kind="wording")
