"""One thing done again and again: what it costs the server, counted by the rows that were stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.server import Server


@dataclass
class Measured:
    """What is done, on which server, how its rows are counted, and what each round has cost."""

    name: str
    server: Server
    do: Callable[[], None]
    stored: Callable[[], int]
    times: int
    rounds: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """One round: CPU-milliseconds of the server for each row that is there afterwards and was not before."""
        rows, cpu = self.stored(), self.server.cpu_ms()
        for _ in range(self.times):
            self.do()
        cost, kept = self.server.cpu_ms() - cpu, self.stored() - rows
        if kept != self.times:
            raise SystemExit(f"{self.name}: {self.times} were done and {kept} stored. Nothing measured here counts.")
        self.rounds.append(cost / kept)

    @property
    def cost(self) -> float:
        """The median of its rounds."""
        return median(self.rounds)
