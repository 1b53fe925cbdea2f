"""Files of answers: what `score` gives, row by row, or nothing at all and the place of the first wrong cell."""

import csv
import doctest
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune_science import instruments, table
from attune_science import score_file as files
from attune_science.cli import main
from attune_science.score_file import Counted, score_file
from attune_science.scoring import read_numbers, score
from attune_science.table import written

PHQ_9 = instruments.get("phq-9")
HEAD = "1,2,3,4,5,6,7,8,9\n"
GOOD = "2,2,2,2,1,1,2,0,0\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scores(text: str | bytes, key: str = "phq-9", *words: str) -> list[list[str]]:
    """The rows that come out for what goes in."""
    source = Path("answers.csv")
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    assert main(["score-file", key, "answers.csv", "--out", "scores.csv", *words]) == 0
    with Path("scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def refused(capsys: pytest.CaptureFixture[str], text: str | bytes, key: str = "phq-9", *words: str) -> str:
    """The one line said about what goes in; nothing comes out."""
    Path("answers.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    assert main(["score-file", key, "answers.csv", "--out", "scores.csv", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("attune: ")
    assert err.count("\n") == 1
    assert os.listdir() == ["answers.csv"], "neither scores nor a part of them"
    return err


def test_columns_by_number_and_what_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scores(HEAD + GOOD) == [
        ["total", "total_band", "total_answered", "total_reason"],
        ["12", "moderate", "9", ""],
    ]
    assert capsys.readouterr().out == "Rows: 1, with a score: 1. The scores are in scores.csv.\n"
    assert Path("scores.csv").stat().st_mode & 0o077 == 0, "scores are nobody else's"


def test_columns_by_key_in_any_order_and_others_carried_in_front(folder: Path) -> None:
    head = "item-9,id,item-8,item-7,item-6,item-5,item-4,item-3,item-2,item-1,day\n"
    rows = scores(head + '3,"Amara, ""A""",0,0,0,0,0,0,0,0,2026-11-25\n')
    assert rows[0][:3] == ["id", "day", "total"]
    assert rows[1] == ['Amara, "A"', "2026-11-25", "3", "none", "9", ""]


def test_order_of_columns_is_that_of_the_items(folder: Path) -> None:
    # Reversed items tell whether a column was taken for another.
    keys = [item.key for item in instruments.get("wai-sr").scored("full")]
    numbers = [str(1 + place % 5) for place in range(len(keys))]
    straight = scores(",".join(keys) + "\n" + ",".join(numbers) + "\n", "wai-sr")
    turned = scores(",".join(keys[::-1]) + "\n" + ",".join(numbers[::-1]) + "\n", "wai-sr")
    assert straight == turned


def test_a_byte_order_mark_line_ends_of_windows_and_empty_lines(folder: Path) -> None:
    text = "\ufeff" + (HEAD + GOOD + "\n" + GOOD + "\n").replace("\n", "\r\n")
    assert [row[0] for row in scores(text)] == ["total", "12", "12"]


def test_missing_answers(folder: Path) -> None:
    rows = scores(HEAD + "-,1,1,1,1,1,1,2,\n-,-,-,1,1,1,1,1,1\n,,,,,,,,\n")
    assert rows[1] == [written(8 * 9 / 7), "moderate", "7", ""]
    assert rows[2] == ["", "", "6", "6 of 9 answered; at least 7 needed."]
    assert rows[3][2] == "0"


def test_decimals_are_summed_exactly(folder: Path) -> None:
    # 9.1 + 9.2 + 8.9 + 8.8 is 36 and lies on the cut-off; in binary fractions it need not be.
    assert scores("1,2,3,4\n9.1,9.2,8.9,8.8\n0.1,0.2,0.3,0\n", "srs")[1:] == [["36", "", "4", ""], ["0.6", "", "4", ""]]


def test_every_scale_of_the_form(folder: Path) -> None:
    keys = ",".join(item.key for item in instruments.get("attune-session").scored("eight"))
    rows = scores(f"{keys}\n10,9,8,7,6,5,4,3\n,,10,,,,,\n", "attune-session")
    assert rows[0][0::4] == ["three", "eight"]
    assert rows[1][4] == "6.5"
    assert rows[2][0::4] == ["", ""]


def test_more_rows_than_are_taken_at_a_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(scores(HEAD + GOOD * 9000)) == 9001
    assert "Rows: 9000, with a score: 9000." in capsys.readouterr().out
    Path("scores.csv").unlink()
    assert "Line 8193, column 5:" in refused(capsys, HEAD + GOOD * 8191 + "0,0,0,0,4,0,0,0,0\n" + GOOD)


def test_no_rows(folder: Path) -> None:
    Path("answers.csv").write_text(HEAD, "utf-8")
    assert score_file(PHQ_9, Path("answers.csv"), Path("scores.csv")) == Counted(0, 0)


@pytest.mark.parametrize("wrong", ["4", "-1", "2.0", " 2", "x", "٣", "1e0", "pass", "=1"])
def test_a_wrong_cell_refuses_the_file(folder: Path, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    told = refused(capsys, f"id,{HEAD}a,{GOOD}b,2,2,2,2,1,1,{wrong},0,0\n")
    assert "Line 3, column 7: this cannot be scored. Allowed here: a whole number from 0 to 3" in told


def test_cells_over_several_lines_and_empty_lines_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f'note,{HEAD}"a\nb\r\nc",{GOOD}\n\nd,9,0,0,0,0,0,0,0,0\n'
    assert "Line 7, column 1:" in refused(capsys, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "answers are: none"),
        (HEAD.replace(",", ";") + GOOD, "answers are: none"),
        ("1,2,3,4,5,6,7,8\n", "1, 2, 3, 4, 5, 6, 7, 8."),
        (HEAD.replace("9", "8"), "each once"),
        (HEAD.replace("9", "9,10"), "7, 8, 9, 10."),
        (HEAD.replace("9", "item-9"), "item-9"),
        (HEAD + "1,2,3\n", "Line 2: this cannot be scored. It has 3 cells; the first line has 9"),
        (HEAD + GOOD + GOOD.replace("\n", ",0\n"), "Line 3: this cannot be scored. It has 10"),
        (HEAD + '"1,2,3\n' + GOOD, "quotation mark"),
        ((HEAD + GOOD).encode("utf-16"), "not text in UTF-8"),
        (HEAD.encode() + b"\xff,0,0,0,0,0,0,0,0\n", "not text in UTF-8"),
        ("total," + HEAD, "would stand twice"),
    ],
)
def test_what_is_no_table_of_answers(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, told: str
) -> None:
    assert told in refused(capsys, text)


def test_forms_that_are_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Those that it has are: full" in refused(capsys, HEAD + GOOD, "phq-9", "--form", "short")
    assert "has no score" in refused(capsys, HEAD + GOOD, "attune-before")
    assert "do not fit" in refused(capsys, "1,2,3\n", "attune-session", "--form", "eight")


@pytest.mark.parametrize(
    ("source", "out", "told"),
    [
        ("none.csv", "scores.csv", "none.csv cannot be read. The system says: No such file"),
        (".", "scores.csv", "Is a directory"),
        ("answers.csv", "answers.csv", "the file that the answers come from"),
        ("answers.csv", "none/scores.csv", "No such file or directory. Name a file in a folder that is there"),
        ("answers.csv", ".", "no ordinary file"),
        ("answers.csv", "/dev/null", "no ordinary file"),
        ("answers.csv", "x" * 300, "File name too long"),
    ],
)
def test_files_that_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str], source: str, out: str, told: str
) -> None:
    Path("answers.csv").write_text(HEAD + GOOD, "utf-8")
    assert main(["score-file", "phq-9", source, "--out", out]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert os.listdir() == ["answers.csv"]
    assert Path("answers.csv").read_text("utf-8") == HEAD + GOOD


def test_scores_of_yesterday_stay_until_all_rows_are_good(folder: Path) -> None:
    Path("answers.csv").write_text(HEAD + GOOD + "x" + GOOD, "utf-8")
    Path("scores.csv").write_text("yesterday", "utf-8")
    assert main(["score-file", "phq-9", "answers.csv", "--out", "scores.csv"]) == 2
    assert Path("scores.csv").read_text("utf-8") == "yesterday"
    assert len(scores(HEAD + GOOD)) == 2


def test_the_examples_run() -> None:
    assert [doctest.testmod(module).failed for module in (files, table)] == [0, 0]


_LINES = st.lists(st.sampled_from(["-", "", "0", "0.4", "3.7", "9.9", "10"]), min_size=4, max_size=4)
_GRADES = st.lists(st.sampled_from(["-", "", "0", "1", "2", "3"]), min_size=9, max_size=9)


@given(
    st.one_of(
        *(st.tuples(st.just(key), st.lists(row, max_size=5)) for key, row in (("srs", _LINES), ("phq-9", _GRADES)))
    )
)
def test_a_file_gives_what_score_gives(drawn: tuple[str, list[list[str]]]) -> None:
    key, rows = drawn
    definition = instruments.get(key)
    head = [str(number) for number in range(1, len(definition.scored("full")) + 1)]
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "answers.csv"), Path(folder, "scores.csv")
        source.write_text("\n".join(",".join(row) for row in [head, *rows]) + "\n", "utf-8")
        counted = score_file(definition, source, out)
        with out.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
    expected = [score(definition, read_numbers(definition, row))[0] for row in rows]
    assert counted == Counted(len(rows), sum(one.value is not None for one in expected))
    for row, one in zip(found, expected, strict=True):
        assert row["total"] == ("" if one.value is None else written(one.value))
        assert (row["total_band"], row["total_reason"]) == (one.band or "", one.reason)
        assert row["total_answered"] == str(one.answered)
