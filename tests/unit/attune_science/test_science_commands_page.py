"""The page about the commands shows what they print: every example on it is run."""

import re
from pathlib import Path

import pytest

from attune_science.cli import main

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "commands.md").read_text("utf-8")
CSV = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
(SESSION,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
RUNS = [run for block in re.findall(r"```console\n\$ (.*?)```", PAGE, re.DOTALL) for run in block.split("\n$ ")]


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Everything that a line of the page prints."""
    if words[0] == "cat":
        return Path(words[1]).read_text("utf-8")
    assert words[0] == "attune"
    code = main(words[1:])
    out, err = capsys.readouterr()
    assert (code, bool(err)) in ((0, False), (2, True))
    return out + err


def test_every_example_is_what_the_command_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (answers,) = CSV
    Path("answers.csv").write_text(answers, "utf-8")
    Path("sessions").mkdir()
    for place in ("session.txt", "sessions/one.txt"):
        Path(place).write_text(SESSION, "utf-8")
    assert len(RUNS) > 15
    for run in RUNS:
        command, _, shown = run.partition("\n")
        # “…” on a line of its own stands for any number of lines.
        pattern = re.escape(shown.rstrip("\n") + "\n").replace(re.escape("\n…\n"), "\n(?:.*\n)*")
        told = said(command.split(), capsys)
        assert re.fullmatch(pattern, told), f"{command}\n{told}"
