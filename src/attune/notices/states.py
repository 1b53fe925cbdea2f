"""What may become of a letter: a plain table. Whatever is not in it does not happen."""

from attune.notices.models import Notice

_S = Notice.State

#: From each state, those that may follow. The last five are ends: what has one of them is never touched again.
NEXT: dict[str, frozenset[str]] = {
    # In the outbox. It is sent, or stopped (answered, called off, not wanted any more), or it has become too late.
    _S.WAITING: frozenset({_S.SENDING, _S.STOPPED, _S.MISSED, _S.REFUSED}),
    # Written down before it is handed over. Whoever dies now leaves it here, and it becomes unsure.
    _S.SENDING: frozenset({_S.SENT, _S.WAITING, _S.UNSURE}),
    # The mail server has taken it.
    _S.SENT: frozenset(),
    # Nothing is to be sent any more.
    _S.STOPPED: frozenset(),
    # It would have come too late to make sense.
    _S.MISSED: frozenset(),
    # The mail server says that there is no such address.
    _S.REFUSED: frozenset(),
    # It may have gone out and may not: better not at all than twice.
    _S.UNSURE: frozenset(),
}
