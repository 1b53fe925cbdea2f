"""`attune serve` minds one worker: started with it, started again when it ends, gone when it goes."""

import os
import subprocess
import sys
import time
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
            self.process = subprocess.Popen([sys.executable, *words])  # noqa: S603 - this program itself, by its own words

    def stop(self) -> None:
        """Let it end its round; it is never in the middle of something that cannot be broken off."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
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
        """The one who sweeps goes first."""
        self.minded.stop()
        super().halt(*args, **kwargs)
