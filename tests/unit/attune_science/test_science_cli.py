"""The words of the science: what they say to people and programs, and one sentence for whatever cannot be."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from attune_science import instruments
from attune_science.cli import main

PHQ_9 = "2,2,2,2,1,1,2,0,0"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command printed, when all went well."""
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def data(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The same, for programs."""
    return json.loads(said(capsys, *words, "--json"))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line on standard error of a command that exits with 2."""
    try:
        code = main(words)
    except SystemExit as left:
        code = left.code  # type: ignore[assignment]  # argparse leaves with a number
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("attune: ")
    assert err.count("\n") == 1
    return err


def test_a_score_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "score", "phq-9", "--answers", PHQ_9).splitlines()
    assert lines[:2] == [
        "Patient Health Questionnaire (PHQ-9), version 1",
        "Total: 12, moderate (9 of 9 answered)",
    ]
    assert any(line.startswith("  reaches 10 or more (") for line in lines)
    assert "no diagnosis" in lines[-1]


def test_a_score_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "score", "phq-9", "--answers", PHQ_9)
    head = {name: found[name] for name in ("instrument", "version", "form", "score", "reason", "band", "danger")}
    assert head == {
        "instrument": "phq-9",
        "version": "1",
        "form": "full",
        "score": 12,
        "reason": None,
        "band": "moderate",
        "danger": False,
    }
    assert (found["answered"], found["asked"], len(found["scales"])) == (9, 9, 1)
    assert {cut_off["value"] for cut_off in found["scales"][0]["cut_offs_reached"]} == {10}


def test_no_score_has_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "score", "phq-9", "--answers", "-,-,,2,2,2,2,2,0")
    assert (found["score"], found["band"]) == (None, None)
    assert found["reason"] == "6 of 9 answered; at least 7 needed."
    assert found["scales"][0]["cut_offs_reached"] == []
    assert "no score. 6 of 9" in said(capsys, "score", "phq-9", "--answers", "-,-,,2,2,2,2,2,0")


def test_two_missing_answers_are_made_up_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert data(capsys, "score", "phq-9", "--answers", "-,1,1,1,1,1,1,2,-")["score"] == 8 * 9 / 7


def test_danger_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("score", "phq-9", "--answers", "0,0,0,0,0,0,0,0,1")
    assert data(capsys, *words)["danger"] is True
    assert "tells of danger" in said(capsys, *words).splitlines()[-1]


@pytest.mark.parametrize(("answers", "form"), [("8,9,7", "three"), ("8,9,7,8,9,7,8,9", "eight")])
def test_the_count_of_answers_tells_the_form(capsys: pytest.CaptureFixture[str], answers: str, form: str) -> None:
    assert data(capsys, "score", "attune-session", "--answers", answers)["form"] == form
    assert data(capsys, "score", "attune-session", "--answers", answers, "--form", form)["form"] == form


def test_every_instrument_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    listed = data(capsys, "instruments")
    assert [one["key"] for one in listed] == sorted(instruments.keys())
    assert said(capsys, "instruments").count("\n") == len(listed) + 1
    for one in listed:
        assert data(capsys, "instruments", one["key"]) == one
        assert one["name"] in said(capsys, "instruments", one["key"])


def test_an_instrument_in_full_names_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "instruments", "phq-9")
    assert "0 to 27; higher is worse; at least 7 answered" in told
    assert "moderate from 10" in told
    assert "Kroenke K, Spitzer RL" in told
    (phq_9,) = (one for one in data(capsys, "instruments") if one["key"] == "phq-9")
    assert (phq_9["items"], phq_9["tier"], phq_9["wording"]) == (9, "open", True)


def test_change_with_figures_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    own = ("change", "phq-9", "--before", "20", "--after", "5", "--sd", "5", "--reliability", ".84", "--cut-off", "10")
    found = data(capsys, *own)
    # 15 / (5 x the square root of 2 x .16)
    assert found["reliable_change_index"] == pytest.approx(5.303300858899107)
    assert (found["category"], found["cut_off"]["side"], found["sources"]) == ("recovered", "at-or-above", {})
    assert "Recovered" in said(capsys, *own)
    narrower = data(capsys, *own[:-1], "5", "--side", "above")
    assert (narrower["category"], narrower["cut_off"]) == ("improved", {"value": 5, "side": "above"})


def test_change_by_the_instruments_own_figures(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "change", "phq-9", "--before", "20", "--after", "20")
    basis = instruments.get("phq-9").scales[0].change
    assert basis is not None
    assert (found["sd"], found["reliability"], found["population"]) == (basis.sd, basis.reliability, basis.population)
    assert (found["reliable_change_index"], found["category"]) == (0, "unchanged")
    assert tuple(found["sources"]) == basis.sources


def test_change_on_a_named_scale(capsys: pytest.CaptureFixture[str]) -> None:
    own = ("--sd", "2", "--reliability", "0.8")
    found = data(capsys, "change", "attune-session", "--scale", "eight", "--before", "5", "--after", "8.5", *own)
    assert (found["scale"], found["category"]) == ("eight", "improved")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("score", "required: KEY, --answers"),
        ("score phq-9", "required: --answers"),
        ("score phq-9 --answers", "expected one argument"),
        ("score nonsense --answers 1", "There is no such instrument"),
        ("score phq-9 --answers 1,2", "It has 9"),
        ("score attune-session --answers 1,2", "It has 3 or 8"),
        ("score attune-session --answers 1,2,3 --form eight", "3 answers"),
        ("score attune-session --answers 1,2,3 --form nine", "three, eight"),
        ("score attune-before --answers 1", "has no score"),
        ("score phq-9 --answers 4,2,2,2,1,1,2,0,x", "item-1, item-9. Allowed: a whole number from 0 to 3"),
        ("score phq-9 --answers 2.0,2,2,2,1,1,2,0,0", "item-1"),
        ("score phq-9 --answers ٣,2,2,2,1,1,2,0,0", "item-1"),
        ("change phq-9 --before 28 --after 2", "0 to 27"),
        ("change phq-9 --before 2 --after -1", "0 to 27"),
        ("change phq-9 --before nan --after 2", "plain digits"),
        ("change phq-9 --before 20 --after 2 --scale nonsense", "Its scales are: total"),
        ("change attune-before --before 2 --after 2", "Its scales are: none"),
        ("change attune-session --before 2 --after 2", "Give --sd and --reliability"),
        ("change phq-9 --before 20 --after 2 --sd 5", "a standard deviation and a reliability"),
        ("change phq-9 --before 20 --after 2 --sd 5 --reliability 1", "reliability"),
        ("change phq-9 --before 20 --after 2 --sd 5 --reliability .8 --higher better", "a higher score is worse"),
        ("change phq-9 --before 20 --after 2 --sd 5 --reliability .8 --cut-off 10 --side below", "contradicts"),
        ("change phq-9 --before 20 --after 2 --side above", "mean nothing alone"),
        ("instruments nonsense", "There is no such instrument"),
        ("nonsense", "invalid choice"),
        ("", "required: COMMAND"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(capsys: pytest.CaptureFixture[str], words: str, told: str) -> None:
    assert told in refused(capsys, *words.split())


def science(*words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """The science alone, in a process of its own."""
    command = [sys.executable, "-W", "error", "-m", "attune_science", *words]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **how)


def test_a_reader_that_has_enough_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = science("instruments", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is always full")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = science("instruments", stdout=full)
    assert done.returncode == 2
    assert (
        done.stderr == "attune: This cannot be printed. The system says: No space left on device. Send it elsewhere.\n"
    )


def test_letters_that_the_terminal_lacks(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with out.open("w", encoding="utf-8") as file:
        done = science("instruments", "phq-9", stdout=file, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_text("ascii").startswith("Patient Health")
