"""The words that we keep to, and what must stand in no file: paths of a machine, hosts of packages."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPOKEN = [*ROOT.glob("src/**/templates/**/*.html"), *ROOT.glob("src/**/*.toml")]
#: Written in pieces, so that this file does not find itself.
NOT_OURS = ("pat" + "ient", "compli" + "ance", "risk " + "score", "engage" + "ment")
#: Titles of published works keep the words of their authors, and a published questionnaire its name.
QUOTED = "references.toml"
NAME = "Pat" + "ient Health Questionnaire"
MACHINES = (r"(?<![\w.])/work" + r"/", r"/ho" + r"me/\w+/", r"/ro" + r"ot/", r"C:" + r"\\\\Users", r"/Us" + r"ers/\w")
HOSTS = (
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs",
    "extra-index" + "-url",
    "artifact" + "ory",
)


@cache
def kept() -> tuple[Path, ...]:
    """Every file that belongs to the project; without git, every file that is not hidden."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return tuple(
            path for path in ROOT.rglob("*") if path.is_file() and "/." not in str(path.relative_to(ROOT.parent))
        )
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Every text file, with its name."""
    for path in kept():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture
            continue


def found(patterns: tuple[str, ...], text: str) -> list[str]:
    return [one for one in patterns if re.search(one, text, re.IGNORECASE)]


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.name)
def test_a_client_is_a_client_and_nobody_is_scored(path: Path) -> None:
    if path.name != QUOTED:
        assert found(NOT_OURS, path.read_text(encoding="utf-8").replace(NAME, "")) == []


def test_no_path_of_a_machine_and_no_host_of_packages() -> None:
    wrong = [(name, which) for name, text in texts() for which in found((*MACHINES, *HOSTS), text)]
    assert wrong == []
    assert len(kept()) > 100


def test_the_search_finds_what_it_should() -> None:
    assert found(NOT_OURS, NAME)
    assert found(MACHINES, "cd /work" + "/main")
    assert found(MACHINES, "/ro" + "ot/x")
    assert not found(MACHINES, "https://example.org/network/ and docs/work/")
