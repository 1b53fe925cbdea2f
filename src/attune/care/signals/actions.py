"""What may change about signals: the rules run when a response comes, and what fires is kept."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attune.care.episodes.models import Participant
from attune.care.signals.models import Signal
from attune_science import signals


def keep(noticed: Iterable[signals.Signal], *, participant: Participant, response_id: UUID, at: datetime) -> None:
    """Keep what the rules noticed in this response."""
    Signal.objects.bulk_create(
        Signal(
            participant=participant,
            response_id=response_id,
            rule=signal.rule,
            version=signal.version,
            level=signal.level,
            basis=dict(signal.basis),
            limits=signal.limits,
            noticed_at=at,
        )
        for signal in noticed
    )
