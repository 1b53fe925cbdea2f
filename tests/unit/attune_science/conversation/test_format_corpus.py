"""The made-up files that the fuzzer starts from, and those on which it once failed: read or refused, quickly."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from attune_science.conversation.formats import read_file
from attune_science.conversation.transcript import TranscriptRefused

CORPUS = sorted((Path(__file__).resolve().parents[3] / "support" / "corpus" / "transcripts").iterdir())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_file_of_the_corpus(path: Path) -> None:
    began = time.process_time()
    with suppress(TranscriptRefused):
        assert read_file(path).turns
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "path", [path for path in CORPUS if not path.name.startswith("found-")], ids=lambda path: path.name
)
def test_the_seeds_are_whole(path: Path) -> None:
    assert len(read_file(path).turns) >= 2
