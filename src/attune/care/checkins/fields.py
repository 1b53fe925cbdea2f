"""How the fields of a form are called where several instruments share it."""

from collections.abc import Mapping, Sequence

from attune.care.checkins.models import Part

#: Before an instrument's key: how often the client wants to be asked it.
AGAIN = "again."
#: Once a form, whatever its parts: who helped to answer it.
HELPED = "helped"


def field_of(place: int, part: Part, item: str) -> str:
    """The first part's fields bear their items' keys; the others' also name their instrument, as keys may be alike."""
    return item if place == 0 else f"{part.instrument}.{item}"


def share_out(parts: Sequence[Part], raw: Mapping[str, str]) -> list[dict[str, str]]:
    """What was sent, by part. A field of no part falls to the first, whose reading refuses what was never asked."""
    shares: list[dict[str, str]] = [{} for _ in parts]
    places = {part.instrument: place for place, part in enumerate(parts) if place}
    for name, value in raw.items():
        instrument, _, item = name.partition(".")
        if instrument in places:
            shares[places[instrument]][item] = value
        else:
            shares[0][name] = value
    return shares


def split_wishes(raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers, and the wishes about being asked again by instrument."""
    answers = {name: value for name, value in raw.items() if not name.startswith(AGAIN)}
    wishes = {name.removeprefix(AGAIN): value for name, value in raw.items() if name.startswith(AGAIN) and value}
    return answers, wishes
