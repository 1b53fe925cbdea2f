"""Several pieces of work begun at one moment, each in a thread with connections and keys of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

from attune.vault.keys import keyring

Work = Callable[[], object]


def together(*works: Work) -> list[object]:
    """What came of each, or what it raised, in the order in which they were given."""
    came: list[object] = [None] * len(works)
    ready = Barrier(len(works))

    def run(place: int, work: Work) -> None:
        try:
            ready.wait(10)
            with keyring():
                came[place] = work()
        except Exception as problem:
            came[place] = problem
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return came


def outcomes(*works: Work) -> list[str]:
    """*done*, or by what each was refused; sorted, since nobody knows who comes first."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "done" for one in together(*works))
