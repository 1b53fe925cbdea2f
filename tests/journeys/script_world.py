"""Everything that anybody can write, in words that try to be script: told to the record by its own actions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.urls import reverse
from support.cast import NOW, Cast
from support.sessions_told import transcribed, yesterdays_session
from support.wordings import wording_file

from attune.base.ids import new_id
from attune.care.checkins.actions import Asking, invite, mark_read, part_of
from attune.care.checkins.models import Response
from attune.care.consent.models import Asked, Consent
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import Given, answer_word, open_words, say_something
from attune.care.feedback.loops import LOOPS
from attune.care.feedback.models import Word
from attune.care.messages.actions import open_from_client, open_from_therapist, send_to_client, send_to_therapist
from attune.care.notes.actions import LINE, Hour, write_note
from attune.care.questionnaires.actions import load_wording
from attune.care.safety.actions import answer_concern
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.care.summaries.actions import About, release_summary, write_summary
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.offer_checkin import before_asking
from attune.care.workflows.own_pages import open_own_pages
from attune.commands.demo.telling import Course, Teller, Week, marks
from attune.people.contacts import enter_address
from attune.people.links import make_link
from attune.people.models import Account, Person
from attune.people.viewers import MACHINE, Viewer
from attune.transcripts.actions import set_roles
from attune.transcripts.models import Transcript
from attune.vault.keys import keyring
from attune_science import instruments

#: An address may be quoted, and then hold nearly anything.
ADDRESS = '"<svg/onload=ran(0)>"@example.org'
#: Answers that tell of danger, so that a concern is there too.
DANGER = {f"item-{n}": "0" for n in range(1, 9)} | {"item-9": "1"}
WORDED = "wai-b3"

#: Who opens a page, its address, and what stands on it of what was written.
View = tuple[str, str, str]


@dataclass(frozen=True)
class Told:
    """What was written, and the links that are open."""

    cast: Cast
    text: str
    link: str
    before: str
    welcome: str
    passkey: int


def tell(cast: Cast, text: str) -> Told:
    """Amara, Farah and Gil write it wherever they can, Ben and Eli too; and it is what everybody is called."""
    with keyring():
        for people in ([cast.amara], [cast.farah, cast.gil]):
            _weeks(people, cast.ben, text)
        yesterdays_session(cast.farah, by=cast.ben)  # not answered: what Ben thinks of it is still to be said
        answer_concern(Concern.objects.get(participant=cast.farah), words=text, by=cast.ben, at=NOW)
        _spoken(cast, text)
        _wording(cast.accounts["Eli"], text)
        _of_oneself(cast, text)
        for who in (cast.amara, cast.farah, cast.gil):
            _between(who, cast.ben, text)
        _call(text)
        enter_address(cast.amara.person_id, address=ADDRESS, by=cast.ben, at=NOW)
        asking = Asking("questionnaire", [part_of(instruments.get("gad-7"))])
        _, token = invite(cast.gil, asking=asking, by=cast.ben, at=NOW)
        asking = before_asking(cast.amara, _later(cast.amara))
        _, before = invite(cast.amara, asking=asking, by=cast.ben, at=NOW)
        open_own_pages(cast.amara.id, email="amara@example.org", by=cast.ben, at=NOW)
        keep_out(cast.amara.id, staff_id=cast.accounts["Ola"].person_id, by=Viewer(cast.amara.person_id), at=NOW)
        Account.objects.filter(pk=cast.accounts["Ola"].pk).update(email=ADDRESS)
        welcome = make_link(cast.accounts["Ola"], by=MACHINE, at=NOW)
        hers = Account.objects.get(person=cast.amara.person_id)
        Authenticator.objects.create(user=hers, type=Authenticator.Type.WEBAUTHN, data={"name": text, "credential": {}})
        passkey = Authenticator.objects.create(
            user=cast.accounts["Ben"], type=Authenticator.Type.WEBAUTHN, data={"name": text, "credential": {}}
        )
    return Told(cast, text, f"/c/{token}/", f"/c/{before}/", f"/welcome/{welcome}/", int(passkey.pk))


def _weeks(people: list[Participant], ben: Viewer, text: str) -> None:
    """Two sessions with all that can be said before and after, and what is asked of the one ahead."""
    said = {"more": text, "less": text, "keep": text, "step": text}
    after = marks(8, 4, 6, 9, 3, 9, 8, 5, hurt="yes", how="bring_it_up", next_form="eight", **said)
    before = {"wellbeing": "4", "today": text, "unsaid": text}
    told = before | {"step_outcome": "done", "step_told": text}
    thought = marks(8, 8, 8, 8, 8, 8, 8, 8)
    course = Course([Week(after, before, thought), Week(after, told, thought)], told)
    teller = Teller(people[0].episode, ben, NOW + timedelta(minutes=20), NOW)
    teller.tell(dict.fromkeys(people, course))
    for who in people:
        teller.questionnaire(who, "phq-9", DANGER, at=NOW - timedelta(hours=1))
        for response in Response.objects.filter(participant=who):
            mark_read(response, by=ben, at=NOW)


def _spoken(cast: Cast, text: str) -> None:
    """A transcript of Amara's last session: two speakers who are called so, and every line says it."""
    session = Session.objects.filter(episode=cast.amara.episode).latest("number")
    one, other = (" ".join(name.split()) for name in (text, f"{text} too"))
    lines = [(one, f"What was that like for you? {text}"), (other, text)] * 3
    file = json.dumps({"segments": [{"speaker": who, "text": said} for who, said in lines]})
    kept = transcribed(session.id, by=cast.ben, at=NOW, data=file.encode())
    set_roles(kept, roles={one: "therapist", other: "client"}, by=cast.ben, at=NOW)


def _of_oneself(cast: Cast, text: str) -> None:
    """What Ben writes about himself, around the hour that was and the one ahead."""
    for one in Appointment.objects.filter(episode=cast.amara.episode):
        said = {key: text[:LINE] for key in ("intention", "words", "moved")}
        write_note(Hour(one.id, one.episode_id), said=said, seen=0, by=cast.ben, at=NOW)


def _between(who: Participant, ben: Viewer, text: str) -> None:
    """What a client and Ben write to each other, and what he tells of each session: shown, told anew, and a draft."""
    Participant.objects.filter(pk=who.pk).update(own_pages_since=NOW)
    send_to_therapist(who.id, text=text, submission=new_id(), by=Viewer(who.person_id), at=NOW)
    open_from_client(who.id, by=ben, at=NOW)
    send_to_client(who.id, text=text, submission=new_id(), by=ben, at=NOW)
    open_from_therapist(who.id, by=Viewer(who.person_id), at=NOW)
    say_something(who.id, text=text, submission=new_id(), by=Viewer(who.person_id), at=NOW)
    open_words(who.id, by=ben, at=NOW)
    for word in Word.objects.filter(participant=who, kind__in=LOOPS):
        answer_word(word.id, Given("kept", text, None, new_id()), by=ben, at=NOW)
    for session in Session.objects.filter(episode=who.episode_id, summaries=None):
        about = About(session.id, session.episode_id)
        for told in (f"{text} again", text):
            release_summary(about, text=told, seen=0, by=ben, at=NOW)
        write_summary(about, text=f"{text} at last", seen=0, by=ben, at=NOW)


def _wording(operator: Account, text: str) -> None:
    """A wording of the clinic's own, each question, answer and introduction of it."""
    words = json.dumps(without_names(text))[1:-1]
    file = wording_file(WORDED, says=words).decode().replace("Invented words.", words).replace('"Step ', f'"{words} ')
    by = Viewer(operator.person_id)
    load_wording(WORDED, file=file.encode(), licence_held=True, by=by, at=NOW)


def without_names(text: str) -> str:
    """As a wording takes it: a name in braces that nobody can fill is refused there."""
    return text.replace("{", "(").replace("}", ")")


def _call(text: str) -> None:
    """What everybody is called. Put past the check of a name, which takes 80 signs: no page may lean on that."""
    for person in Person.objects.all():
        person.name = text
        person.save()


def views(told: Told) -> Iterator[View]:
    """Every page that shows any of it, and some that show nothing."""
    amara, farah = told.cast.amara, told.cast.farah
    of_both = [*_of_episode(amara.episode_id), *_of_episode(farah.episode_id)]
    of_each = [address for who in (amara, farah, told.cast.gil) for address in _of_client(who)]
    # Whoever is signed in is named on each page of theirs, too.
    for address in (
        "/desk/",
        "/desk/caseload/",
        "/desk/notes/",
        "/desk/episodes/new/",
        "/account/",
        *of_both,
        *of_each,
    ):
        yield "Ben", address, told.text
    yield "Ben", f"/account/passkey/{told.passkey}/remove/", ""
    for address in ("/my/transcripts/", *(reverse("portal:asked", args=[one.id]) for one in Asked.objects.all())):
        yield "Amara", address, ""
    for kept in Transcript.objects.filter(episode=amara.episode_id):
        yield "Amara", reverse("portal:transcript", args=[kept.id]), told.text
    for consent in Consent.objects.filter(participant=amara):
        yield "Amara", reverse("portal:consent", args=[consent.id]), told.text
    for address in ("/my/said/", "/my/record/", "/my/looked/", "/my/pins/"):
        yield "Amara", address, ""
    for address in ("/my/", "/my/ways/", "/my/messages/", "/my/summaries/"):
        yield "Amara", address, told.text
    for page in ("not-these-people", "conversation", "feedback"):
        yield "Amara", reverse(f"portal:{page}", args=[amara.id]), told.text
    for response in Response.objects.filter(participant=amara, replaced_by=None):
        yield "Amara", reverse("portal:one-said", args=[response.id]), told.text
    yield "Chidi", "/", told.text
    yield "Eli", "/office/instruments/", told.text
    yield "Eli", f"/office/instruments/{WORDED}/", without_names(told.text)
    yield "", told.link, told.text
    last = Session.objects.filter(episode=farah.episode_id).latest("number")
    yield "Ben", reverse("desk:after", args=[last.id, farah.id]), told.text
    yield "", told.welcome, ADDRESS
    yield "", "/help-now/", ""


def _of_episode(episode: UUID) -> Iterator[str]:
    yield reverse("desk:episode", args=[episode])
    yield reverse("desk:brief", args=[episode])
    yield reverse("desk:new-appointment", args=[episode])
    for session in Session.objects.filter(episode=episode):
        yield reverse("desk:session-transcript", args=[session.id])
        yield reverse("desk:consent-sheet", args=[session.id])
        yield reverse("desk:time-kept", args=[session.id])
        yield reverse("desk:summary", args=[session.id])
        yield reverse("desk:reflection", args=[session.appointment_id])
    for consent in Consent.objects.filter(session__episode=episode):
        yield reverse("desk:take-back", args=[consent.id])
    for kept in Transcript.objects.filter(episode=episode):
        yield reverse("desk:transcript", args=[kept.id])
        yield reverse("desk:withdraw-transcript", args=[kept.id])


def _of_client(who: Participant) -> Iterator[str]:
    for page in ("questionnaires", "timeline", "messages", "feedback", "not-these-people", "own-pages", "letters"):
        yield reverse(f"desk:{page}", args=[who.id])
    for page in ("cancelled", "moved", "arrive", "closed-book"):
        yield reverse(f"desk:{page}", args=[_later(who).id])
    for response in Response.objects.filter(participant=who):
        yield reverse("desk:response", args=[response.id])
    for concern in Concern.objects.filter(participant=who):
        yield reverse("desk:answer-concern", args=[concern.id])
    for word in Word.objects.filter(participant=who, kind__in=LOOPS):
        yield reverse("desk:answer-word", args=[word.id])
    yield enter_for(who)
    yield reverse("desk:sheet-before", args=[_later(who).id, who.id])


def enter_for(who: Participant) -> str:
    """Where the check-in before the later of their appointments is entered by hand."""
    return reverse("desk:enter-before", args=[_later(who).id, who.id])


def _later(who: Participant) -> Appointment:
    return Appointment.objects.filter(episode=who.episode_id, session=None).latest("starts_at")
