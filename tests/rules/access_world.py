"""A clinic in which every relation between somebody of the staff and an episode exists, whatever their role."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client
from support.askings import ask
from support.both_factors import signed_in, with_both, with_password_only
from support.cast import NOW, ZONE, Cast, make_cast
from support.sessions_told import transcribed, yesterdays_session
from support.wordings import wording_file

from attune.base.ids import new_id
from attune.care.checkins.actions import invite
from attune.care.checkins.models import Invitation, Response
from attune.care.consent.models import Asked, Consent
from attune.care.episodes.actions import end_assignment, end_episode, open_episode
from attune.care.episodes.models import Assignment, Episode, Grant, KeptOut, Participant
from attune.care.feedback.actions import Given, answer_word
from attune.care.feedback.models import Word
from attune.care.messages.actions import send_to_client, send_to_therapist
from attune.care.notes.actions import Hour, write_note
from attune.care.questionnaires.actions import load_wording
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.care.summaries.actions import About, release_summary, write_summary
from attune.care.workflows.own_pages import show_in_own_pages
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.commands.demo.courses import AMARA, JOMO_PHQ9
from attune.commands.demo.telling import Course, Teller, Week, marks
from attune.people.actions import Called, enter_person, give_account, give_client_account, give_role
from attune.people.links import make_link, use_link
from attune.people.models import Account, Person
from attune.people.viewers import MACHINE, Viewer, get_viewer
from attune.transcripts.consented import ask_for_consent
from attune.vault.keys import keyring

#: A therapist who stands to every episode as others do, and has shown a password only.
ONE_FACTOR = "staff without second factor"
BEGAN = NOW - timedelta(weeks=10)
#: One session, answered and not read, so that a prediction is still open.
ONE_WEEK = Course(weeks=[Week(marks(8, 8, 8, 8, 8, 8, 8, 8, more="Slower."), {"today": "My father."})])

Ids = dict[str, Any]


@dataclass
class World:
    """Browsers by role, objects by relation (what a route's address is filled with), links and instruments by state."""

    browsers: dict[str, Client] = field(default_factory=dict)
    episodes: dict[str, Ids] = field(default_factory=dict)
    links: dict[str, Ids] = field(default_factory=dict)
    instruments: dict[str, Ids] = field(default_factory=dict)
    entries: dict[str, Ids] = field(default_factory=dict)
    passkeys: dict[str, Ids] = field(default_factory=dict)


def make_world() -> World:
    """Every role, every relation, every state of a link."""
    cast, world = make_cast(), World()
    with keyring():
        staff = {role: _somebody(role) for role in ("therapist", "supervisor", "operator", "none")}
        staff[ONE_FACTOR] = _somebody("therapist", "new")
        own = _client_with_account(cast.ben)
        people = [*(account.person for account in staff.values()), own.person]
        for relation, relate in RELATIONS.items():
            world.episodes[relation] = _told(cast.ben, relate, people)
        world.episodes["mine"] = _told(cast.ben, lambda episode, who: None, [], own.person)
        _own_pages_of(world, cast.ben)
        _write_of_oneself(world, staff["therapist"].person)
        _write_to_each_other(world.episodes["own"], get_viewer(staff["therapist"].person_id, at=NOW))
        Participant.objects.filter(pk=world.episodes["own"]["participant_id"]).update(own_pages_since=None)
        _write_to_each_other(world.episodes["mine"], cast.ben)
        # So that she has two conversations, and whose the other is she takes part with, and must not see.
        joint = world.episodes["as-client"]["episode_id"]
        Participant.objects.filter(person=own.person, episode=joint).update(own_pages_since=BEGAN)
        end_episode(Episode.objects.get(pk=world.episodes["ended"]["episode_id"]), by=cast.ben, at=NOW)
        world.episodes["missing"] = {key: new_id() for key in world.episodes["own"]}
        world.links = _links(cast)
        world.instruments = _instruments(staff["operator"])
        world.entries = _entries(cast.accounts)
        world.passkeys = {"other": {"pk": _passkey(cast.accounts["Ola"])}, "missing": {"pk": 0}}
    for role, account in staff.items():
        world.browsers[role] = (with_password_only if role == ONE_FACTOR else with_both)(account, _browser())
    world.browsers["account"] = signed_in(Account.objects.get(pk=own.pk), _browser())
    world.browsers |= {"anonymous": _browser(), "client": client_of(cast, cast.dana)}
    return world


def _browser() -> Client:
    return Client(raise_request_exception=False)


def client_of(cast: Cast, who: Participant) -> Client:
    """A client's own browser, in which their own link has been opened."""
    browser = _browser()
    assert browser.get(f"/c/{_link(cast, who)}/").status_code == 200
    return browser


def amaras_course(cast: Cast) -> Ids:
    """Amara's whole course told, with a concern: the newest object of each kind."""
    with keyring():
        return _objects(cast.amara.episode, cast.ben, AMARA)


def _somebody(role: str, called: str = "") -> Account:
    person = enter_person(Called(called or role, "they", ZONE), by=MACHINE, at=BEGAN)
    if role != "none":
        give_role(person, name=role, by=MACHINE, at=BEGAN)
    return give_account(person, email=f"{called or role}@example.org", password="x" * 20, by=MACHINE, at=BEGAN)


def _client_with_account(ben: Viewer) -> Account:
    person = enter_person(Called("Iris", "she", ZONE), by=ben, at=BEGAN)
    return give_client_account(person, email="iris@example.org", by=ben, at=BEGAN)


def _own_pages_of(world: World, ben: Viewer) -> None:
    """What stands in a client's own pages: a session that they have not answered, and a consent that is asked for."""
    mine = world.episodes["mine"]
    show_in_own_pages(mine["participant_id"], by=ben, at=BEGAN)
    who = Participant.objects.select_related("episode").get(pk=mine["participant_id"])
    session = yesterdays_session(who, by=ben)
    mine["asked_id"] = ask_for_consent(session.id, who.id, by=ben, at=NOW).id


def _write_of_oneself(world: World, who: Person) -> None:
    """The therapist has a note of their own about an hour of their own."""
    own = world.episodes["own"]
    hour = Hour(own["appointment_id"], own["episode_id"])
    said = {"intention": "wait", "words": "It was quiet.", "moved": "hurry"}
    write_note(hour, said=said, seen=0, by=get_viewer(who.id, at=NOW), at=NOW)


def _write_to_each_other(ids: Ids, me: Viewer) -> None:
    """A client and a therapist wrote to each other just now; of the last session something is shown, and begun anew."""
    Participant.objects.filter(pk=ids["participant_id"]).update(own_pages_since=BEGAN)
    who = Participant.objects.get(pk=ids["participant_id"])
    send_to_client(who.id, text="I have read it.", submission=new_id(), by=me, at=NOW)
    send_to_therapist(who.id, text="My father.", submission=new_id(), by=Viewer(who.person_id), at=NOW)
    about = About(ids["session_id"], ids["episode_id"])
    release_summary(about, text="We spoke of your father.", seen=0, by=me, at=NOW)
    write_summary(about, text="We spoke of him.", seen=0, by=me, at=NOW)


def _assign(episode: Episode, who: Person) -> Assignment:
    return Assignment.objects.create(episode=episode, therapist=who, since=BEGAN)


def _end(episode: Episode, who: Person) -> None:
    end_assignment(_assign(episode, who), by=MACHINE, at=NOW - timedelta(days=1))


def _grant(kind: str, until: timedelta) -> Callable[[Episode, Person], object]:
    def grant(episode: Episode, who: Person) -> Grant:
        return Grant.objects.create(
            episode=episode, person=who, kind=kind, since=BEGAN, until=NOW + until, reason="away"
        )

    return grant


def _kept_out(episode: Episode, who: Person) -> None:
    _assign(episode, who)
    _grant("deputy", timedelta(days=1))(episode, who)
    KeptOut.objects.create(participant=episode.participants.get(), staff=who, since=BEGAN)


#: How somebody comes to stand to an episode.
RELATIONS: dict[str, Callable[[Episode, Person], object]] = {
    "own": _assign,
    "ended": _assign,
    "deputy": _grant("deputy", timedelta(days=1)),
    "past-deputy": _grant("deputy", timedelta(days=-1)),
    "past": _end,
    "shared": _grant("supervisor", timedelta(days=1)),
    "as-client": lambda episode, who: Participant.objects.create(episode=episode, person=who, since=BEGAN),
    "kept-out": _kept_out,
    "other": lambda episode, who: None,
}


def _told(
    ben: Viewer, relate: Callable[[Episode, Person], object], people: list[Person], client: Person | None = None
) -> Ids:
    client = client or enter_person(Called("Hana", "she", ZONE), by=ben, at=BEGAN)
    me = Person.objects.get(pk=ben.me)
    episode = open_episode(kind="individual", clients=[client], therapist=me, by=ben, at=BEGAN)
    objects = _objects(episode, ben, ONE_WEEK)
    for who in people:
        relate(episode, who)
    return objects


def _objects(episode: Episode, ben: Viewer, course: Course) -> Ids:
    who = episode.participants.select_related("person", "episode").get()
    teller = Teller(episode, ben, NOW - timedelta(minutes=20), NOW)
    appointment = teller.tell({who: course})
    teller.questionnaire(who, "phq-9", JOMO_PHQ9, at=NOW - timedelta(hours=1))
    session = Session.objects.filter(episode=episode).latest("number")
    transcript = transcribed(session.id, by=ben, at=NOW)
    return {
        "episode_id": episode.id,
        "participant_id": who.id,
        "instrument": "phq-2",
        "appointment_id": appointment.id,
        "session_id": session.id,
        "transcript_id": transcript.id,
        "finding_id": transcript.findings.latest("utterance").id,
        "consent_id": Consent.objects.get(session=session).id,
        "response_id": Response.objects.filter(participant=who).latest("given_at").id,
        "asked_id": Asked.objects.create(participant=who, session=session, asked_by_id=ben.me, asked_at=NOW).id,
        "concern_id": Concern.objects.get(participant=who).id,
        "word_id": _said(who, ben).id,
    }


def _said(who: Participant, ben: Viewer) -> Word:
    """What the client said at any time: one word that nobody has opened, and one that was opened and answered."""
    when = {"said_at": NOW, "waiting_since": NOW}
    said = {"participant": who, "kind": Word.Kind.ANY, "text": "The sheets."} | when
    Word.objects.create(submission=new_id(), **said)
    word = Word.objects.create(submission=new_id(), read_at=NOW, **said)
    answer_word(word.id, Given("changed", "Less of it.", NOW.date(), new_id()), by=ben, at=NOW)
    return word


def _link(cast: Cast, who: Participant, kind: str = "phq-9") -> str:
    with keyring():
        return invite(who, asking=ask("questionnaire", kind, "full"), by=cast.ben, at=NOW)[1]


def _links(cast: Cast) -> dict[str, Ids]:
    replaced, opened = _link(cast, cast.amara), _link(cast, cast.amara)
    used, ended = _link(cast, cast.farah), _link(cast, cast.gil)
    receive_checkin(token=used, sent=Sent({"item-1": "1"}, UUID(int=7)), at=NOW)
    Participant.objects.filter(pk=cast.gil.pk).update(until=NOW)
    tokens = {"open": opened, "used": used, "replaced": replaced, "ended": ended, "missing": "x" * 43}
    tokens["guessed"] = str(Invitation.objects.filter(participant=cast.amara).latest("made_at").id)
    return {state: {"token": token} for state, token in tokens.items()}


def _entries(accounts: dict[str, Account]) -> dict[str, Ids]:
    """The links by which staff set their passwords: a newer one shuts the one before."""
    replaced, opened = (make_link(accounts["Ben"], by=MACHINE, at=NOW) for _ in range(2))
    late = make_link(accounts["Ola"], by=MACHINE, at=NOW - timedelta(hours=73))
    used = make_link(accounts["Chidi"], by=MACHINE, at=NOW)
    use_link(used, "words that nobody has used", at=NOW)
    tokens = {"open": opened, "used": used, "replaced": replaced, "late": late, "missing": "x" * 43}
    return {state: {"token": token} for state, token in tokens.items()}


def _passkey(account: Account) -> int:
    kept = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
    return int(kept.pk)


def _instruments(operator: Account) -> dict[str, Ids]:
    file = wording_file("wai-b3")
    load_wording("wai-b3", file=file, licence_held=True, by=Viewer(operator.person_id), at=NOW)
    keys = {"shipped": "phq-9", "wordless": "wai-s", "worded": "wai-b3", "missing": "nothing-here"}
    return {state: {"key": key} for state, key in keys.items()}


def ahead_of(episode: UUID) -> Appointment:
    """The next appointment that is only planned."""
    return Appointment.objects.filter(episode=episode, session=None).latest("starts_at")
