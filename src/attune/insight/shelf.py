"""Every instrument at hand: under which terms, whose words it is asked in, and since when. Nothing of any client."""

from dataclasses import dataclass, field

from attune.base.errors import NotYours
from attune.care.questionnaires.models import Wording
from attune.care.questionnaires.readers import list_offered
from attune.vault.sealed import load_for
from attune_science import instruments, references
from attune_science.instruments import Definition

#: The scales of Miller, Duncan and colleagues: their terms give paper freely to some, and a screen to nobody without
#: a licence for that (see `licence.text` of each).
ELECTRONIC_ONLY_BY_LICENCE = frozenset({"cors", "csrs", "gsrs", "ors", "srs"})


@dataclass(frozen=True)
class OnShelf:
    """One instrument, in the words that it would be asked in now, and the clinic's own wording where it has one."""

    definition: Definition
    wording: Wording | None = None

    @property
    def ships(self) -> bool:
        """Whether its words come with it, so that nobody needs to load any."""
        return self.definition.licence.tier != "scoring-only"


@dataclass(frozen=True)
class InstrumentPage:
    """Everything about one instrument. `wording` is the one in use, `withdrawn` those before it, newest first."""

    shown: OnShelf
    withdrawn: list[Wording] = field(default_factory=list)

    @property
    def needs_electronic_licence(self) -> bool:
        """Whether its terms forbid a screen to whoever has no licence for exactly that."""
        return self.shown.definition.key in ELECTRONIC_ONLY_BY_LICENCE

    @property
    def terms(self) -> str:
        """Where its terms stand, in full."""
        return references.cite(self.shown.definition.licence.source)

    @property
    def sources(self) -> list[str]:
        """Every source that it rests on, in full."""
        return [references.cite(key) for key in self.shown.definition.sources]


def list_instruments() -> list[OnShelf]:
    """Every instrument by its name, whether or not it can be asked here."""
    worded = {one.key: one for one in list_offered()}
    in_use = {one.instrument: one for one in Wording.objects.filter(withdrawn_at=None)}
    shelf = [OnShelf(worded.get(key, instruments.get(key)), in_use.get(key)) for key in instruments.keys()]  # noqa: SIM118 - a module
    return sorted(shelf, key=lambda one: one.definition.name)


def get_instrument_page(key: str) -> InstrumentPage:
    """One instrument with the wordings that were loaded for it. Raises `NotYours` when there is no such instrument."""
    shown = next((one for one in list_instruments() if one.definition.key == key), None)
    if shown is None:
        raise NotYours
    loaded = list(Wording.objects.filter(instrument=key).select_related("loaded_by").order_by("-loaded_at"))
    load_for(one.loaded_by for one in loaded)
    in_use = next((one for one in loaded if one.withdrawn_at is None), None)
    return InstrumentPage(OnShelf(shown.definition, in_use), [one for one in loaded if one.withdrawn_at])


def get_wordless(key: str) -> Definition:
    """The bare definition of an instrument for which words can be loaded. Raises `NotYours` for every other key."""
    if key not in instruments.keys() or instruments.get(key).has_wording:  # noqa: SIM118 - a module
        raise NotYours
    return instruments.get(key)
