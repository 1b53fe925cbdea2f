"""Signals

A signal is something that may be worth a conversation. The machine notices, people name: no signal says that something
happened. The client's own word is raised at once. Two published rules are computed beside it for comparison, and are
shown only behind *Show me*, because they alarm in most courses in which nothing happens.
"""

import pytest

from attune_science import signals
from attune_science.scoring import Answers


@pytest.mark.parametrize(
    ("something_between_us", "working_together_was", "signals_raised"),
    [
        ("yes", "as_usual", "client-hurt"),
        ("small", "", "client-hurt"),
        ("no", "much_harder", "client-harder"),
        ("", "a_little_harder", "client-harder"),
        ("yes", "much_harder", "client-hurt client-harder"),
        ("no", "as_usual", ""),
        ("", "much_easier", ""),
    ],
)
def test_client_word(something_between_us: str, working_together_was: str, signals_raised: str) -> None:
    """The client's own word

    *A small thing*, *yes* or *harder* is raised in any session, the first included. Nothing is computed, so there is
    no false-alarm figure. What the client wants done travels with it.
    """
    said = {"hurt": something_between_us, "relative": working_together_was}
    found = signals.client_word(Answers("attune-session", "1", "three", choices=said), session=1)
    assert " ".join(signal.rule for signal in found) == signals_raised
    assert all(signal.level == "raised" and signal.false_alarm is None for signal in found)


@pytest.mark.parametrize(
    ("sessions", "means", "signals_for_comparison"),
    [
        ("1 2 3 4 5 6 7", "8.1 8.4 8.3 8.6 8.5 8.5 6.5", "below-cut-off fall-from-last"),
        ("5 6", "8.5 8.5", "below-cut-off"),
        ("2 3", "9.5 9.25", "fall-from-last"),
        ("2 3", "9.5 9.375", ""),
        ("2 3", "8.9 9.0", ""),
        ("3", "8.875", "below-cut-off"),
        ("1 2", "9.5 3.0", ""),
        ("3 7", "9.5 9.0", "fall-from-last"),
    ],
)
def test_published_rules(sessions: str, means: str, signals_for_comparison: str) -> None:
    """Two published rules, for comparison

    Under 36 of 40, that is a mean under 9.0; or one point of 40, that is .25, under the last one (`srs-cut-off`,
    `srs-fall`). Both were made for a licensed scale of four lines and are only carried over. No rule speaks before
    the third session.
    """
    course = [
        signals.Point(int(session), float(mean)) for session, mean in zip(sessions.split(), means.split(), strict=True)
    ]
    found = signals.published(course)
    assert " ".join(signal.rule for signal in found) == signals_for_comparison
    assert all(signal.level == "comparison" for signal in found)


@pytest.mark.parametrize(
    ("rule", "series", "stable_courses_alarmed"),
    [
        ("below-cut-off", "eight", 0.57),
        ("fall-from-last", "eight", 0.81),
        ("below-cut-off", "three", None),
        ("fall-from-last", "three", None),
    ],
)
def test_false_alarms(rule: str, series: str, stable_courses_alarmed: float | None) -> None:
    """How often they are wrong

    The share of stable ten-session courses in which a rule alarms at least once, by Attune's own simulation
    (`attune-simulation`), of the mean of eight alone. For the three lines it is not known, and the signal says so.
    """
    course = [signals.Point(6, 8.5), signals.Point(7, 6.5)]
    found = {signal.rule: signal for signal in signals.published(course, scale=series)}
    assert found[rule].false_alarm == stable_courses_alarmed
    assert ("not known" in found[rule].limits) is (series == "three")
