"""What must hold for every simulated course, whatever the seed, the client and what happens."""

from dataclasses import replace
from random import Random
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from attune_science import instruments, scoring
from attune_science.simulate import (
    LINES,
    THREE,
    Burden,
    Erosion,
    Event,
    Hurt,
    Marker,
    Rupture,
    Withdrawal,
    World,
    burden,
    course,
    natural,
    outcome,
    share_out,
)

# The machine may be busy: time is no property of these.
RUN = settings(deadline=None, max_examples=60)

SEEDS = st.integers(0, 2**32)
SESSIONS = st.integers(1, 30)
MARKERS = st.builds(Marker, st.floats(-5, 20), st.floats(0, 5))
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Rupture, SESSIONS, st.floats(0.1, 6), st.integers(1, 5), st.floats(0, 1)),
    st.builds(Erosion, SESSIONS, st.floats(0.1, 2), st.integers(1, 8)),
    st.builds(Withdrawal, SESSIONS),
)
HISTORIES = st.lists(EVENTS, max_size=3)
#: Nobody misses a session, nobody has a bad day: what is left is the client, and what happens.
ALL_COME = World(missed=dict.fromkeys(World().missed, 0.0), bad_day=0.0)


@RUN
@given(SEEDS, SESSIONS, HISTORIES)
def test_the_same_seed_is_the_same_course(seed: int, sessions: int, events: list[Event]) -> None:
    one, other = (course(Random(seed), sessions, events=events) for _ in range(2))
    assert one == other


@RUN
@given(SEEDS, SESSIONS, MARKERS, HISTORIES, st.booleans())
def test_every_form_could_have_been_filled_in(
    seed: int, sessions: int, marker: Marker, events: list[Event], masked: bool
) -> None:
    told = course(Random(seed), sessions, marker=marker, events=events, world=World(unanswered=0.2, masked=masked))
    assert [one.number for one in told] == list(range(1, sessions + 1))
    assert told[0].attended, "nobody misses the first"
    for one in told:
        assert (one.marks is None) == (one.hurt is None)
        assert (one.therapist is None) == (not one.attended)
        if not one.attended:
            assert one.marks is None
        if one.marks is not None:
            assert one.hurt in get_args(Hurt)
            assert len(one.marks) == len(LINES)
            assert all(isinstance(mark, int) and 0 <= mark <= 10 for mark in one.marks)


@RUN
@given(SEEDS, SESSIONS, MARKERS)
def test_the_means_are_the_scores_of_the_check_in(seed: int, sessions: int, marker: Marker) -> None:
    definition = instruments.get("attune-session")
    for one in course(Random(seed), sessions, marker=marker, world=ALL_COME):
        marks = dict(zip(LINES, one.marks or (), strict=True))
        for form, mean in (("eight", one.eight), ("three", one.three)):
            asked = {line: str(mark) for line, mark in marks.items() if form == "eight" or line in THREE}
            read = scoring.read_answers(definition, form, asked)
            scores = {score.scale: score.value for score in scoring.score(definition, read)}
            assert scores[form] == mean


@RUN
@given(SEEDS, SESSIONS, SESSIONS, st.floats(0, 10))
def test_whoever_never_varies_falls_by_the_size_and_comes_back(
    seed: int, sessions: int, onset: int, level: float
) -> None:
    even = replace(ALL_COME, item=0.0, difficulty=0.0, growth=0.0)
    told = course(Random(seed), sessions, marker=Marker(level, 0.0), events=[Rupture(onset, 2, lasts=2)], world=even)
    for one in told:
        fallen = onset <= one.number < onset + 2
        exact = level - (2 * even.unit if fallen else 0)
        assert one.eight == min(max(round(exact), 0), 10)
        assert one.state == ("rupture" if fallen else "usual")


@RUN
@given(SEEDS, SESSIONS, MARKERS)
def test_a_withdrawal_is_a_flat_line_at_the_best_form(seed: int, onset: int, marker: Marker) -> None:
    told = course(Random(seed), 30, marker=marker, events=[Withdrawal(onset)], world=ALL_COME)
    before = [one.marks for one in told if one.number < onset and one.marks]
    after = {one.marks for one in told if one.number >= onset}
    assert len(after) == 1
    assert not before or after == {max(before, key=sum)}


@RUN
@given(SEEDS, SESSIONS)
def test_one_thing_happens_at_a_time_and_never_in_the_first_session(seed: int, sessions: int) -> None:
    for told in natural(Random(seed), 15, sessions):
        assert 1 <= len(told) <= sessions
        assert told[0].state in ("usual", "bad-day")


QUESTIONNAIRES = st.sampled_from(["phq-9", "gad-7"])


@RUN
@given(SEEDS, QUESTIONNAIRES, st.sets(st.integers(1, 100), max_size=12).map(sorted))
def test_the_answers_add_up_to_the_total_that_they_score(seed: int, key: str, sessions: list[int]) -> None:
    definition = instruments.get(key)
    told = outcome(Random(seed), sessions, burden(key))
    assert [one.session for one in told] == sessions
    for one in told:
        raw = {item: str(answer) for item, answer in one.answers.items()}
        read = scoring.read_answers(definition, next(iter(definition.forms)), raw)
        assert next(iter(scoring.score(definition, read))).value == one.total == sum(one.answers.values())


@RUN
@given(SEEDS, st.floats(0, 27), st.floats(-5, 5))
def test_without_spreads_a_course_is_the_clients_own_line(seed: int, start: float, slope: float) -> None:
    (first,) = outcome(Random(seed), [1], Burden("phq-9", start, 0.0, 0.0, slope))
    assert first.total == round(start)


@RUN
@given(st.data())
def test_a_total_is_shared_out_to_the_last_point(data: st.DataObject) -> None:
    most = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=20))
    pull = data.draw(st.lists(st.floats(-3, 3), min_size=len(most), max_size=len(most)))
    total = data.draw(st.integers(0, sum(most)))
    shared = share_out(total, pull, most)
    assert sum(shared) == total
    assert all(0 <= answer <= top for answer, top in zip(shared, most, strict=True))
    if total < sum(most):
        more = share_out(total + 1, pull, most)
        assert sum(a != b for a, b in zip(shared, more, strict=True)) == 1, "one point more changes one answer"
