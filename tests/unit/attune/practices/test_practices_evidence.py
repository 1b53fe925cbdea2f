"""What may be evidence, and how a sentence is put together."""

from datetime import date, time

import pytest
from practices_cast import three, when

from attune.practices.evidence import PRONOUNS, After, Client, Pronouns, Step
from attune.practices.reading import Line, Sentence, about


@pytest.mark.parametrize("answer", [{"hurt": "rather_not"}, {"how": "rather_not"}, {"relative": "harder"}])
def test_what_a_client_kept_to_themselves_is_refused(answer: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="as if the line were empty"):
        After(when(10, 17), three(8, 8, 8), **answer)


@pytest.mark.parametrize("step", [("x", 1, "failed", "", when(1, 9)), ("x", 1, "done"), ("x", 1, "", "", when(1, 9))])
def test_a_step_is_told_or_open(step: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match="done, partly done or changed"):
        Step(*step)


def test_a_sentence_in_english() -> None:
    parts = {"a": date(2026, 11, 2), "b": time(9, 5), "c": 8.04, "d": 3, "e": Line("repair"), "f": "{x}"}
    assert str(Sentence("{a} {b} {c} {d} {e} {f}", parts)) == "Monday 2 November 9:05 8.0 3 easy to say so {x}"


def test_a_sentence_in_another_tongue() -> None:
    inner = (Sentence("two"), Sentence("three"))
    sentence = Sentence("from {n}: {list}", {"n": 1.5, "list": inner})
    said = sentence.render(
        {"from {n}: {list}": "de {n} : {list}", "two": "deux", "three": "trois"}.__getitem__, lambda v: "1,5"
    )
    assert said == "de 1,5 : deux, trois"


def test_every_form_of_the_pronoun_is_at_hand() -> None:
    source = "{name} {subject} {Subject} {object} {possessive} {Possessive}"
    assert str(about(Client("Amara", PRONOUNS["they"]), source)) == "Amara they They them their Their"
    named = Pronouns("de Vries", "de Vries", "de Vries’s")
    assert str(about(Client("de Vries", named), "{Subject} wrote")) == "De Vries wrote"
