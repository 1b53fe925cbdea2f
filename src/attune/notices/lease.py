"""One sweeper at a time: a row that says who, and until when. Taken, held on to, and given back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from attune.notices.models import Lease

#: Longer than one letter can take. Whoever was killed keeps the others waiting for so long.
LASTS = timedelta(minutes=10)


def take(name: str, *, holder: UUID, at: datetime) -> bool:
    """Take it, or hold on to it; False where somebody else has it.

    What a clock that ran ahead has left behind counts for nothing.
    """
    over = Q(until__lte=at) | Q(until__gt=at + 2 * LASTS)
    with transaction.atomic():
        Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": at})
        # One statement decides: of two at once the second finds the first in the row.
        return Lease.objects.filter(over | Q(holder=holder), name=name).update(holder=holder, until=at + LASTS) == 1


def give_back(name: str, *, holder: UUID) -> None:
    """Let the next one in; somebody else's is left alone."""
    Lease.objects.filter(name=name, holder=holder).delete()
