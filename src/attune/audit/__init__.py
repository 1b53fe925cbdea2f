"""Who did or saw what, when: ids only, never content; appended and never changed, each event chained to the last.

Owns the events. Knows no other app: it is told ids, and names of things by word.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attune.audit.journal import note, unit

__all__ = ["note", "unit"]


def __getattr__(name: str) -> object:
    """The journal, when first asked for: models cannot be imported while Django is still loading the apps."""
    if name not in __all__:
        raise AttributeError(name)
    from attune.audit import journal

    return getattr(journal, name)
