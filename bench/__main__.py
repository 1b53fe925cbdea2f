"""`python -m bench [--many] [--write]`: side by side in one run, some rounds of each in turn, the median of them.

`--many` fills houses with a million responses first, which takes ten minutes more and some 15 GB of disk for as long;
`--write` does, too, for the page is whole or not written.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import analyze, crowd, many, score_file
from bench.measure import Measured
from bench.report import report
from bench.server import free_port

ROUNDS = 5
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"


def main() -> None:
    """Measure in a house of its own; tell; write the page when asked to."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder, ExitStack() as stack:
        things = _measure(Path(folder), stack)
    crowds = list(crowd.section(crowd.time_crowds()))
    wanted = {"--many", "--write"} & set(sys.argv[1:])
    houses = [*many.section([many.time_many(kind) for kind in ("postgresql", "sqlite")]), ""] if wanted else []
    scoring = list(score_file.section(score_file.time_score_file()))
    transcripts = list(analyze.section(analyze.time_analyze()))
    text = report(things, [*crowds, "", *houses, *scoring, "", *transcripts])
    print(text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, "utf-8")


def _measure(folder: Path, stack: ExitStack) -> list[Measured]:
    port = _prepare(folder / "home")
    from bench.things import list_things  # after Django is set up

    things = list_things(folder, port, ROUNDS + 1, stack)
    for _ in range(ROUNDS + 1):
        for thing in things:
            thing.measure()
    for thing in things:
        thing.forget_first()
    return things


def _prepare(home: Path) -> int:
    """An environment with nothing of the caller's in it, and Django for this process."""
    import django

    from attune.commands.home import prepare_home

    os.umask(0o077)  # as `attune` does: a server refuses files that others can read
    port = free_port()
    for name in [name for name in os.environ if name.startswith("ATTUNE_") or "DATABASE_URL" in name]:
        del os.environ[name]
    os.environ["ATTUNE_HOME"] = str(home)
    os.environ["ATTUNE_URL"] = f"http://localhost:{port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    prepare_home(home, demo=True)
    django.setup()
    return port


if __name__ == "__main__":
    main()
