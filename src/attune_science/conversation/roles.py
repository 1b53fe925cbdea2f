"""Who is the therapist, who the client: as told, by label, or guessed with a warning."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from attune_science.conversation.role_labels import LABELS, ROLES, Role
from attune_science.conversation.transcript import Transcript
from attune_science.conversation.words import count_questions, is_punctuated
from attune_science.errors import ScienceError

__all__ = ["ROLES", "Role", "Roles", "assign_roles"]

#: What a guess, and a warning that roles may be swapped, take: questions of one side, and how many times those of the
#: other (attune).
LEAST_ASKED, TIMES_AS_MANY = 4, 2.0

_ALONE = "Only one person speaks here, so nobody was taken for therapist or client."
_NAMELESS = "No line says who speaks, so nobody was taken for therapist or client."
_NO_SIGN = "Nothing here tells the therapist from the client: say who is who."


@dataclass(frozen=True)
class Roles:
    """Who has which role.

    Parameters
    ----------
    by_speaker
        For every speaker of the transcript, the empty one included, their role.
    guessed
        Whether some role was guessed from who asks.
    warnings
        What to look at before anything else is believed, in sentences.
    """

    by_speaker: Mapping[str, Role]
    guessed: bool = False
    warnings: tuple[str, ...] = ()


def assign_roles(transcript: Transcript, given: Mapping[str, Role]) -> Roles:
    """Say who is therapist and who is client.

    Parameters
    ----------
    transcript
        The conversation.
    given
        What is known: speakers as the file names them, and their roles. Goes before everything else.

    Returns
    -------
    Roles
        By what was given, then by label (“T”, “Counsellor”, “INV”), then, with a warning, by who asks.

    Raises
    ------
    ScienceError
        When somebody is given who does not speak here.

    Limits
    ------
    A guess is right where therapists ask more than clients do, as in interviews; look at it.

    References
    ----------
    attune

    Example
    -------
    >>> from attune_science.conversation.transcript import Line, make_transcript
    >>> said = make_transcript([Line("T", "Hello."), Line("Amara", "Hello.")], "labelled")
    >>> assign_roles(said, {}).by_speaker
    {'T': 'therapist', 'Amara': 'client'}
    """
    known = {**_by_label(transcript), **_given(transcript, given)}
    known.update(_last_one(transcript, known))
    open_ = [speaker for speaker in transcript.speakers if speaker and speaker not in known]
    asked = _asked(transcript)
    guess = {} if set(known.values()) & {"therapist", "client"} else _guess(open_, asked)
    roles: dict[str, Role] = {speaker: {**guess, **known}.get(speaker, "other") for speaker in transcript.speakers}
    warnings = [*_warn(transcript, known, guess), *_warn_swapped(roles, asked, bool(guess))]
    return Roles(roles, bool(guess), tuple(warnings))


def _given(transcript: Transcript, given: Mapping[str, Role]) -> dict[str, Role]:
    named = {" ".join(speaker.split()).casefold(): speaker for speaker in transcript.speakers if speaker}
    unknown = [name for name in given if " ".join(name.split()).casefold() not in named]
    if unknown:
        raise ScienceError(
            f"Nobody is called {' or '.join(unknown)} here.",
            f"Those who speak are: {', '.join(named.values()) or 'people without names'}.",
            "Name one of them, as the file does.",
        )
    return {named[" ".join(name.split()).casefold()]: role for name, role in given.items()}


def _by_label(transcript: Transcript) -> dict[str, Role]:
    found = {speaker: role for speaker in transcript.speakers for role in _label(speaker)}
    # “C” and “P” alone may be counsellor and client: then labels say nothing.
    short = [speaker for speaker in found if len(speaker) == 1]
    if found and "therapist" not in found.values() and len(short) == len(found) == len(transcript.speakers) > 1:
        return {}
    return found


def _label(speaker: str) -> Iterator[Role]:
    """The role that a label tells: “Therapist 2”, “CLIENT:”, “Client (Amara)”."""
    head = re.split(r"[\s\d:._()\[\]#/-]+", speaker.casefold().replace("co-", "co").strip(" *[(<"), maxsplit=1)[0]
    for role, labels in LABELS.items():
        if head in labels:
            yield role


def _last_one(transcript: Transcript, known: Mapping[str, Role]) -> dict[str, Role]:
    """Of two speakers, the second has the other role."""
    speakers = [speaker for speaker in transcript.speakers if speaker]
    left = [speaker for speaker in speakers if speaker not in known]
    if len(speakers) != 2 or len(left) != 1:
        return {}
    other: Mapping[str, Role] = {"therapist": "client", "client": "therapist"}
    (role,) = known.values()
    return {left[0]: other[role]} if role in other else {}


def _asked(transcript: Transcript) -> Mapping[str, int]:
    """How many questions each speaker asks; nothing where nobody wrote question marks."""
    if not is_punctuated(turn.text for turn in transcript.turns):
        return {}
    asked = dict.fromkeys(transcript.speakers, 0)
    for turn in transcript.turns:
        asked[turn.speaker] += count_questions(turn.text)
    return asked


def _guess(speakers: list[str], asked: Mapping[str, int]) -> dict[str, Role]:
    """Who asks most is the therapist, where that is plain."""
    ranked = sorted(speakers, key=lambda speaker: -asked.get(speaker, 0))
    if len(ranked) < 2 or not _is_plain(asked.get(ranked[0], 0), asked.get(ranked[1], 0)):
        return {}
    return {speaker: "therapist" if speaker == ranked[0] else "client" for speaker in speakers}


def _is_plain(more: int, less: int) -> bool:
    return more >= LEAST_ASKED and more >= TIMES_AS_MANY * less


def _warn(transcript: Transcript, known: Mapping[str, Role], guess: Mapping[str, Role]) -> Iterator[str]:
    named = [speaker for speaker in transcript.speakers if speaker]
    left = [speaker for speaker in named if speaker not in known and speaker not in guess]
    if guess:
        therapist = next(speaker for speaker, role in guess.items() if role == "therapist")
        yield f"The roles were guessed: {therapist} asks most and was taken for the therapist. Say who is who if not."
    elif not named:
        yield _NAMELESS
    elif len(named) == 1:
        yield _ALONE
    elif left and not known:
        yield _NO_SIGN
    elif left:
        yield f"Neither therapist nor client, as far as the labels tell: {', '.join(left)}."
    if named and "" in transcript.speakers:
        count = sum(not one.speaker for one in transcript.utterances)
        yield f"{count} {'line has' if count == 1 else 'lines have'} no speaker and no role."


def _warn_swapped(roles: Mapping[str, Role], asked: Mapping[str, int], guessed: bool) -> Iterator[str]:
    sums = {role: sum(asked.get(speaker, 0) for speaker in roles if roles[speaker] == role) for role in ROLES}
    if not guessed and "therapist" in roles.values() and _is_plain(sums["client"], sums["therapist"]):
        yield (
            f"The client asks {sums['client']} times and the therapist {sums['therapist']}: "
            "look whether the roles are swapped."
        )
