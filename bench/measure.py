"""One thing done again and again: what it costs the server, counted by the rows that were stored."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.server import Server


@dataclass
class Measured:
    """What is done, on which server, how its rows are counted, what each round has cost, and how long it took."""

    name: str
    server: Server
    do: Callable[[], None]
    stored: Callable[[], int]
    times: int
    rounds: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """One round: CPU-milliseconds of the server for each row that is there afterwards and was not before."""
        rows, cpu, begun = self.stored(), self.server.cpu_ms(), time.perf_counter()
        for _ in range(self.times):
            self.do()
        wait, cost, kept = time.perf_counter() - begun, self.server.cpu_ms() - cpu, self.stored() - rows
        if kept != self.times:
            raise SystemExit(f"{self.name}: {self.times} were done and {kept} stored. Nothing measured here counts.")
        self.rounds.append(cost / kept)
        self.waits.append(wait * 1000 / kept)

    @property
    def cost(self) -> float:
        """The median of its rounds."""
        return median(self.rounds)

    @property
    def wait(self) -> float:
        """The median of what one took by the clock, in milliseconds."""
        return median(self.waits)

    def forget_first(self) -> None:
        """The first round warms up."""
        del self.rounds[0], self.waits[0]
