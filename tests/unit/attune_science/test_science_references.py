"""Sources: each key leads to a reference, and the examples in the docstrings run."""

import doctest
import importlib
from pathlib import Path

import pytest

import attune_science
from attune_science import instruments, references, signals
from attune_science.errors import ScienceError
from attune_science.scoring import Answers

MODULES = (
    "answers",
    "change",
    "change_variants",
    "instruments.codes",
    "instruments.library",
    "instruments.text",
    "references",
    "scoring",
    "signals",
    "simulate.clinics",
    "simulate.courses",
    "simulate.events",
    "simulate.outcomes",
    "simulate.world",
    "yardstick",
)

SCIENCE = Path(attune_science.__file__).parent
SOURCES = [*SCIENCE.rglob("*.py"), *(Path(__file__).parents[2] / "spec").glob("test_spec_*.py")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"attune_science.{name}"))
    assert result.attempted
    assert not result.failed


def test_a_missing_key_says_where_to_add_it() -> None:
    with pytest.raises(ScienceError, match=r"references\.toml"):
        references.cite("nobody1900")


def test_nothing_is_kept_that_nobody_cites() -> None:
    cited = {key for definition in map(instruments.get, instruments.keys()) for key in definition.sources}
    cited |= {signal.reference for signal in signals.published([signals.Point(2, 9.9), signals.Point(3, 1.0)])}
    said = Answers("attune-session", "1", "three", choices={"hurt": "yes"})
    cited |= {signal.reference for signal in signals.client_word(said, session=1)}
    # In docstrings, in specs, and within other references.
    kept = references.keys()
    texts = [*(path.read_text("utf-8") for path in SOURCES), *map(references.cite, kept)]
    cited |= {key for key in kept if any(key in text for text in texts)}
    assert cited == set(kept)
    assert all(len(references.cite(key)) > 40 for key in cited)
