"""The made-up episodes beside the standing six, therapist by therapist. Nobody in them exists."""

from attune.commands.demo.stories.ben import BEN
from attune.commands.demo.stories.mei import MEI
from attune.commands.demo.stories.ola import OLA
from attune.commands.demo.stories.tomas import TOMAS

__all__ = ["BEN", "MEI", "OLA", "TOMAS"]
