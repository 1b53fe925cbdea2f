"""The eight lenses, in the order in which they are always named."""

from attune.practices import acceptance, autonomy, collaboration, culture, feedback, frame, presence, repair
from attune.practices.evidence import Evidence
from attune.practices.reading import Lens, Reading

LENSES: tuple[Lens, ...] = (presence, acceptance, collaboration, culture, repair, frame, autonomy, feedback)


def read_all(evidence: Evidence) -> tuple[Reading, ...]:
    """All eight are asked, each time; most are quiet."""
    return tuple(lens.read(evidence) for lens in LENSES)
