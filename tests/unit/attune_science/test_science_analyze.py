"""`analyze` through the command itself: a report, data, a folder into a table, and what cannot be."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from attune_science import analyze_folder
from attune_science.cli import main
from attune_science.errors import ScienceError

SESSION = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ben>Good to see you. How was your week?

00:00:08.500 --> 00:00:12.000
<v Amara>Hard. My father asked what I want from life,

00:00:12.500 --> 00:00:15.000
<v Amara>and I had no answer.

00:00:16.000 --> 00:00:18.000
<v Ben>Before we stop: how was this for you today?
"""
LABELLED = "T: What brings you here?\nC: My sister.\nT: Could you say more about her?\nC: She is far away.\n"
BEN = ("--role", "Ben=therapist")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("session.vtt").write_text(SESSION, "utf-8")
    Path("folder", "inner").mkdir(parents=True)
    Path("folder", "one.txt").write_text(LABELLED, "utf-8")
    Path("folder", "inner", "two.vtt").write_text(SESSION, "utf-8")
    Path("folder", "notes.pdf").write_bytes(b"no transcript")
    Path("folder", ".hidden.txt").write_text(LABELLED, "utf-8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["analyze", *words])
    out, err = capsys.readouterr()
    return code, out, err


def table(path: str = "findings.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text("utf-8"))))


def folder(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return run(capsys, "folder", "--out", "findings.csv", *words)


def test_a_report_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "session.vtt", *BEN)
    assert (code, err) == (0, "")
    assert "therapist (Ben): 54.8% of the words, 17 words in 2 turns" in out
    assert "line 1: “How was your week?” [how]" in out
    assert "line 4: “how was this for you today?” [how-was-this]" in out
    assert "1 silence of 3 seconds or more" in out
    assert out.rstrip().endswith("No figure here is good or bad by itself.")
    assert "alliance" not in out.lower()


def test_data_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "session.vtt", *BEN, "--json")
    found = json.loads(out)
    therapist = found["roles"]["therapist"]
    assert code == 0
    assert {name: therapist[name] for name in ("turns", "words", "questions")} == {
        "turns": 2, "words": 17, "questions": 2,
    }  # fmt: skip
    assert therapist["talk_share"] + found["roles"]["client"]["talk_share"] == 1
    assert found["style"]["matching"] is None
    assert found["style"]["reason"]
    assert "father" not in out


def test_several_files_are_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "session.vtt", "folder/one.txt", "--json")
    found = json.loads(out)
    assert code == 0
    assert [one["file"] for one in found] == ["session.vtt", "one.txt"]
    assert found[0]["warnings"]


def test_a_bad_file_among_good_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "missing.vtt", "folder/one.txt")
    assert code == 1
    assert "one.txt" in out
    assert err.startswith("attune: missing.vtt: ")
    assert err.count("\n") == 1


def test_only_bad_files(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "missing.vtt", "gone.vtt")
    assert (code, out) == (2, "")
    assert "missing.vtt" in err
    assert "gone.vtt" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("session.vtt", "--role", "Ben=boss"), "names no role"),
        (("session.vtt", "--role", "=client"), "names no role"),
        (("session.vtt", "--role", "Eli=client"), "Nobody is called Eli"),
        (("folder",), "Add --out"),
        (("session.vtt", "--workers", "2"), "Add --out"),
        (("session.vtt", "--out", "x.csv"), "one folder"),
        (("folder", "folder", "--out", "x.csv"), "one folder"),
        (("folder", "--out", "x.csv", "--json"), "one folder"),
        (("folder", "--out", "nowhere/x.csv"), "cannot be written"),
        (("folder", "--out", "session.vtt"), "another file"),
    ],
)
def test_what_cannot_be(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert told in err
    assert Path("session.vtt").read_text("utf-8") == SESSION


@pytest.mark.parametrize("workers", ["0", "65", "two", "²"])
def test_workers_are_a_few(workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(capsys, "folder", "--out", "x.csv", "--workers", workers)
    assert "from 1 to 64" in capsys.readouterr().err


def test_a_folder_into_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = folder(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Transcripts: 2, read now: 2, in the table before: 0, refused: 0.")
    rows = table()
    assert {row["file"] for row in rows} == {"one.txt", "inner/two.vtt"}
    told = {(row["file"], row["role"], row["code"]): row for row in rows}
    assert told["one.txt", "therapist", "open_invitations"]["value"] == "2"
    assert told["inner/two.vtt", "other", "open_invitations"]["reason"]
    (found,) = [row for row in rows if row["rule"] == "say-more"]
    assert (found["utterance"], found["start"], found["end"]) == ("2", "0", "29")
    assert "sister" not in Path("findings.csv").read_text("utf-8")


def test_workers_find_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    folder(capsys)
    code, _, _ = run(capsys, "folder", "--out", "other.csv", "--workers", "2")
    assert code == 0
    assert sorted(map(str, table())) == sorted(map(str, table("other.csv")))


def test_what_is_in_the_table_is_not_read_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(capsys)
    written = Path("findings.csv").read_bytes()

    def fail(path: Path) -> Any:
        raise AssertionError(path)

    monkeypatch.setattr(analyze_folder, "read_file", fail)
    code, out, _ = folder(capsys)
    assert code == 0
    assert "read now: 0, in the table before: 2" in out
    assert Path("findings.csv").read_bytes() == written


def test_another_content_version_or_role_is_read_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(capsys)
    Path("folder", "one.txt").write_text(LABELLED.replace("sister", "brother and sister"), "utf-8")
    assert "read now: 1, in the table before: 1" in folder(capsys)[1]
    assert len({row["content"] for row in table() if row["file"] == "one.txt"}) == 1
    monkeypatch.setattr(analyze_folder, "VERSION", "next")
    assert "read now: 2, in the table before: 0" in folder(capsys)[1]
    Path("folder", "one.txt").unlink()
    assert "read now: 1, in the table before: 0" in folder(capsys, *BEN)[1]
    assert {row["version"] for row in table()} == {"next", "next;Ben=therapist"}


def test_a_table_cut_off_anywhere_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    folder(capsys)
    whole = Path("findings.csv").read_bytes()
    for cut in range(0, len(whole), 97):
        Path("findings.csv").write_bytes(whole[:cut])
        code, _, err = folder(capsys)
        assert (code, err) == (0, "")
        assert sorted(Path("findings.csv").read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_bad_file_is_listed_and_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder", "bad.docx").write_bytes(b"\x00\x01\x02")
    code, out, err = folder(capsys)
    assert code == 1
    assert "read now: 2, in the table before: 0, refused: 1" in out
    assert err.startswith("attune: bad.docx: ")
    assert {row["file"] for row in table()} == {"one.txt", "inner/two.vtt"}
    assert folder(capsys)[0] == 1


def test_a_fault_in_one_file_ends_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> Any:
        raise ValueError("what was said")

    monkeypatch.setattr(analyze_folder, "read_file", fail)
    code, _, err = folder(capsys)
    assert code == 1
    assert err.count("ValueError") == 2
    assert "what was said" not in err


def test_names_that_would_break_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder", 'a, "b"\nc.txt').write_text(LABELLED, "utf-8")
    assert folder(capsys)[0] == 0
    assert 'a, "b" c.txt' in {row["file"] for row in table()}
    assert "read now: 0, in the table before: 3" in folder(capsys)[1]


def test_a_bar_where_somebody_looks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = folder(capsys)
    assert err.endswith(f"\r[{'#' * 30}] 2 of 2\n")


def test_a_lost_worker_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> Any:
        raise analyze_folder.BrokenExecutor

    monkeypatch.setattr(analyze_folder, "_read_all", lost)
    with pytest.raises(ScienceError, match="worker was stopped"):
        analyze_folder.analyze_folder(Path("folder"), Path("findings.csv"), {}, 2)


def test_a_file_that_may_not_be_opened(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(analyze_folder.hashlib, "file_digest", refuse)
    code, out, err = folder(capsys)
    assert (code, err.count("Permission denied")) == (1, 2)
    assert "refused: 2" in out
