"""Sentences in several languages, and the checks that every part of a definition shares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from attune_science.errors import DefinitionRefused

State = Literal["final", "draft"]
# The language that is spoken where another is missing.
FALLBACK = "en"
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{(.*?)\}")
_NAMES = frozenset({"Name", "Client"})


def refuse_unless(holds: bool, place: str, why: str, mend: str) -> None:
    if not holds:
        raise DefinitionRefused(place, why, mend)


def one_of(value: str, allowed: object, place: str) -> None:
    choices = get_args(allowed)
    refuse_unless(value in choices, place, f"“{value}” is not known here.", f"Write one of: {', '.join(choices)}.")


def no_twins(keys: Iterable[str], place: str) -> None:
    listed = tuple(keys)
    for key in listed:
        refuse_unless(
            KEY.fullmatch(key) is not None, place, f"“{key}” is no key.", "Use small letters, digits, hyphens."
        )
        refuse_unless(listed.count(key) == 1, place, f"“{key}” stands there twice.", "Keep one of the two.")


@dataclass(frozen=True)
class Text:
    """A sentence in several languages; may hold `{Name}`, the therapist's name, and `{Client}`."""

    by_language: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_language", MappingProxyType(dict(self.by_language)))

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def say(self, language: str = FALLBACK, **names: str) -> str:
        """The sentence in a language, with the names put in.

        Parameters
        ----------
        language
            A language tag; “es-MX” finds “es”. What is not there falls back to English, then to any language that is.
        names
            What to put in place of `{Name}` and `{Client}`.

        Returns
        -------
        str
            The sentence; empty where there is none. Names are put in as they are: escape when rendering.

        Example
        -------
        >>> Text({"en": "{Name} noticed.", "es": "{Name} se dio cuenta."}).say("es-MX", Name="Ben")
        'Ben se dio cuenta.'
        """
        said = self.by_language
        spoken = said.get(language.partition("-")[0]) or said.get(FALLBACK) or next(iter(said.values()), "")
        return _PLACEHOLDER.sub(lambda found: names.get(found[1], found[0]), spoken)

    def check(self, place: str, languages: Mapping[str, State], needed: bool = True) -> None:
        """Refuse an empty text where one is needed, a language nobody declared, a name nobody can fill."""
        refuse_unless(bool(self) or not needed, place, "A text is missing.", f'Add text.{FALLBACK} = "…".')
        for language, spoken in self.by_language.items():
            refuse_unless(
                language in languages,
                place,
                f"The language “{language}” is not declared.",
                "Add it to [languages], as final or draft.",
            )
            refuse_unless(
                isinstance(spoken, str) and bool(spoken.strip()),
                place,
                f"Its text in “{language}” is empty.",
                "Write it between the quotes.",
            )
            unknown = set(_PLACEHOLDER.findall(spoken)) - _NAMES
            refuse_unless(not unknown, place, "A text holds a name nobody can fill.", "Use {Name} or {Client}.")
        final = {language for language, state in languages.items() if state == "final"}
        missing = sorted(final - set(self.by_language)) if self else []
        refuse_unless(
            not missing,
            place,
            f"A text is missing in {', '.join(missing)}.",
            "Add it, or mark that language as draft.",
        )

    def check_name(self, place: str, needed: bool = True) -> None:
        """As `check`, for what names a figure: English at least, whatever languages the questions are in."""
        languages: dict[str, State] = dict.fromkeys(self.by_language, "draft")
        self.check(place, languages | {FALLBACK: "final"}, needed)


NOTHING = Text({})
