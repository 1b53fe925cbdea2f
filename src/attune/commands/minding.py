"""`attune serve` minds one worker: started with it, started again when it ends, gone when it goes."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from gunicorn.arbiter import Arbiter

#: Seconds from one start to the next, so that a worker which cannot begin is not started all the time.
PAUSE = 10.0
_PATIENCE = 10.0


class Minded:
    """One `attune worker` as a child of this process."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.begun = -PAUSE

    def keep(self) -> None:
        """Start it where it does not run, but not at once again."""
        if (self.process is None or self.process.poll() is not None) and time.monotonic() - self.begun >= PAUSE:
            self.begun = time.monotonic()
            words = ["-m", "attune.cli", "worker", "--minded-by", str(os.getpid())]
            with suppress(OSError):  # no memory for another process: once more after the pause
                self.process = subprocess.Popen([sys.executable, *words])  # noqa: S603 - this program, by its own words

    def end(self) -> None:
        """Tell it to end; it is never in the middle of something that cannot be broken off."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        """Until it has ended, but not for ever."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()


class MindingArbiter(Arbiter):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn's own minder of those who answer, which looks after this one too, once a second."""

    def __init__(self, app: Any) -> None:
        self.minded = Minded()
        super().__init__(app)

    def manage_workers(self) -> None:
        """Those who answer, and the one who sweeps."""
        super().manage_workers()
        self.minded.keep()

    def halt(self, *args: Any, **kwargs: Any) -> None:
        """All are told to end, and then waited for."""
        self.minded.end()
        try:
            super().halt(*args, **kwargs)
        finally:
            self.minded.wait()
