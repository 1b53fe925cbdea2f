"""The session check-in

Attune's own check-in after a session asks one line for each of the eight practices, 0 to 10, in words of its own
(CC0). Three of the lines are asked every time: *noticed*, *deciding together* and *easy to say so*. It is **not yet
validated**: a score says what was marked, and there is no cut-off. What matters is a client's own course, line by line.

The three lines and the eight are two series, each the plain mean of the lines answered. They are never mixed.
"""

import pytest

from attune_science import instruments, scoring

CHECK_IN = instruments.get("attune-session")
PRACTICES = ("presence", "acceptance", "collaboration", "culture", "repair", "frame", "autonomy", "feedback")


def _score(form: str, keys: tuple[str, ...], marks: str) -> dict[str, scoring.Score]:
    sent = {key: "pass" if mark == "-" else mark for key, mark in zip(keys, marks.split(), strict=True)}
    return {score.scale: score for score in scoring.score(CHECK_IN, scoring.read_answers(CHECK_IN, form, sent))}


def _shown(score: scoring.Score) -> str:
    return "no score" if score.value is None else str(scoring.rounded(score.value))


@pytest.mark.parametrize(
    ("what_happened", "marks_in_the_order_of_the_practices", "mean_of_eight"),
    [
        ("session 6", "8 9 9 9 8 9 8 8", "8.5"),
        ("session 7, after a misunderstanding", "8 6 4 9 3 9 8 5", "6.5"),
        ("two lines do not fit today", "8 - 4 9 3 9 - 5", "6.3"),
        ("three lines do not fit today", "- - - 9 3 9 8 5", "no score"),
    ],
)
def test_all_eight(what_happened: str, marks_in_the_order_of_the_practices: str, mean_of_eight: str) -> None:
    """All eight lines

    The mean of the lines answered, if there are at least six. *Does not fit today* (-) counts as unanswered. The order
    here is that of the practices: presence, acceptance, collaboration, culture, repair, frame, autonomy, feedback. A
    half is rounded away from zero, and only for showing.
    """
    assert _shown(_score("eight", PRACTICES, marks_in_the_order_of_the_practices)["eight"]) == mean_of_eight


@pytest.mark.parametrize(
    ("noticed", "deciding_together", "easy_to_say_so", "mean_of_three"),
    [(8, 4, 3, "5.0"), (8, 9, 8, "8.3"), (8, "-", 3, "5.5"), (8, "-", "-", "no score"), (10, 10, 10, "10.0")],
)
def test_three_lines(noticed: object, deciding_together: object, easy_to_say_so: object, mean_of_three: str) -> None:
    """The three lines

    The mean of the lines answered, if there are at least two of the three.
    """
    keys = ("presence", "collaboration", "repair")
    scores = _score("three", keys, f"{noticed} {deciding_together} {easy_to_say_so}")
    assert _shown(scores["three"]) == mean_of_three
    assert set(scores) == {"three"}, "the short form says nothing about the other five lines"


@pytest.mark.parametrize(
    ("the_client_marked", "what_is_kept"),
    [
        ("no", "no"),
        ("small", "small"),
        ("yes", "yes"),
        ("rather_not", None),
        ("", None),
    ],
)
def test_rather_not_say(the_client_marked: str, what_is_kept: str | None) -> None:
    """Was there something between us?

    *I would rather not say here* is kept as a line left empty, so that nobody can ever be shown that it was picked.
    """
    answers = scoring.read_answers(CHECK_IN, "three", {"hurt": the_client_marked})
    assert answers.choices.get("hurt") == what_is_kept


@pytest.mark.parametrize(
    ("was_there_something", "how_shall_we_go_about_it", "what_is_kept"),
    [
        ("small", "leave", "leave"),
        ("yes", "bring_it_up", "bring_it_up"),
        ("no", "bring_it_up", None),
        ("rather_not", "i_will", None),
    ],
)
def test_how(was_there_something: str, how_shall_we_go_about_it: str, what_is_kept: str | None) -> None:
    """How shall we go about it?

    Asked only after *a small thing* or *yes*. On a page without script a mark made there stays behind when the client
    goes back to *no*; it is then not read.
    """
    sent = {"hurt": was_there_something, "how": how_shall_we_go_about_it}
    assert scoring.read_answers(CHECK_IN, "three", sent).choices.get("how") == what_is_kept
