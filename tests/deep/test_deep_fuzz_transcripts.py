"""Every parser of transcripts under mutated files: read or refused, quickly, and nothing else.

Seeds are the made-up files of tests/support/corpus/transcripts. What fails is written there, and is then a test of
every run. `ATTUNE_FUZZ_SECONDS` is the time for each format, in seconds of this process; 60 without it.
"""

import hashlib
import io
import os
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from support.transcripts import packed

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.transcript import Transcript, TranscriptRefused

pytestmark = pytest.mark.deep

CORPUS = Path(__file__).resolve().parents[1] / "support" / "corpus" / "transcripts"
ENDINGS = ("vtt", "srt", "json", "txt", "csv", "docx", "cha")
PIECES = [
    *(b"\n", b"\n\n", b"\r", b"\t", b" --> ", b"<v ", b"</v>", b"<", b">", b"&#", b";", b":", b"[", b"]", b"(", b")"),
    *(b'"', b'""', b",", b"{", b"}", b"\\u", b"null", b"1e999", b"-1", b"NaN", b"99:99:99,999", b"00:00:01.000"),
    *(b"\x15", b"1_2", b"*PAR:\t", b"%mor:\t", b"@End\n", b"+/?", b"[/]", b"xxx", b"NOTE\n", b"\xff", b"\x00"),
    *(b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xe2\x80\x8f", b"\xd8", b"T: ", b"C: ", b"<w:p>", b"</w:t>", b"<w:tbl>"),
]
SLOW = 5.0


def _mutated(data: bytes, pick: random.Random) -> bytes:
    for _ in range(pick.randint(1, 6)):
        at, end = sorted((pick.randint(0, len(data)), pick.randint(0, len(data))))
        end = min(end, at + pick.choice((1, 4, 30, 1000)))
        data = pick.choice(
            (
                data[:at] + pick.choice(PIECES) + data[at:],
                data[:at] + pick.choice(PIECES) * pick.choice((2, 50, 3000)) + data[at:],
                data[:at] + data[end:],
                data[:at] + data[at:end] * 2 + data[end:],
                data[:at] + pick.randbytes(min(4, end - at)) + data[end:],
                data[:at],
            )
        )[:200_000]
    return data


def _mutated_word_file(data: bytes, pick: random.Random) -> bytes:
    """Half of the time the archive, half of the time the document in it."""
    if pick.random() < 0.5:
        return _mutated(data, pick)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.read("word/document.xml")
    return packed(_mutated(inside, pick).decode("utf-8", "replace"))


def _holds(found: Transcript) -> bool:
    "".join(one.speaker + one.text for one in found.utterances).encode()
    starts = [one.start for one in found.utterances if one.start is not None]
    return all(one.text.strip() for one in found.utterances) and starts == sorted(starts) and bool(found.turns)


def _read(data: bytes, name: str) -> None:
    began = time.process_time()
    with suppress(TranscriptRefused):
        assert _holds(read_transcript(data, name))
    assert time.process_time() - began < SLOW, "too slow"


@pytest.mark.parametrize("ending", ENDINGS)
def test_mutated_files_are_read_or_refused(ending: str) -> None:
    seeds = [path.read_bytes() for path in sorted(CORPUS.glob(f"*.{ending}"))]
    good = [data for data in seeds if ending != "docx" or zipfile.is_zipfile(io.BytesIO(data))]
    assert good, f"the corpus has no .{ending}"
    seed = int(os.environ.get("ATTUNE_FUZZ_SEED", "0"))
    pick = random.Random(f"{ending} {seed}")
    mutate = _mutated_word_file if ending == "docx" else _mutated
    until = time.process_time() + float(os.environ.get("ATTUNE_FUZZ_SECONDS", "60"))
    tried = 0
    while time.process_time() < until:
        data = mutate(pick.choice(good), pick)
        tried += 1
        try:
            _read(data, f"x.{ending}")
        except BaseException:
            (CORPUS / f"found-{hashlib.sha256(data).hexdigest()[:12]}.{ending}").write_bytes(data)
            raise
    assert tried > 10
