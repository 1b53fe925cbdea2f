"""The words of the science need no home, no keys and no framework."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# A process in which the framework cannot be imported at all.
_WITHOUT_DJANGO = "import sys; sys.modules['django'] = None; from attune.cli import main; sys.exit(main(sys.argv[1:]))"


def attune(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a clean environment and an empty folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ATTUNE_", "DJANGO_"))}
    command = [sys.executable, "-c", _WITHOUT_DJANGO, *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_a_score_needs_no_home_and_no_framework(tmp_path: Path) -> None:
    done = attune(tmp_path, "score", "phq-9", "--answers", "2,2,2,2,1,1,2,0,0", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["score"], found["band"]) == (12, "moderate")
    assert list(tmp_path.iterdir()) == [], "nothing was prepared"


def test_a_refusal_is_one_sentence(tmp_path: Path) -> None:
    done = attune(tmp_path, "score", "phq-9", "--answers", "1,2")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("attune: ")


@pytest.mark.parametrize("word", ["demo", "serve", "instruments", "score", "change", "score-file"])
def test_help_lists_every_word(tmp_path: Path, word: str) -> None:
    assert f"\n    {word}" in attune(tmp_path, "--help").stdout
