"""The drawing of a timeline: where points stand, where lines break, what every mark is called, what has room."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import pairwise

import pytest

from attune.pages.timeline import NARROW, WIDE, draw
from attune.pages.timeline_marks import LINES, SHAPES, key
from attune.pages.timeline_places import Frame, Places, far_enough, side_by_side, with_room
from attune.pages.timeline_points import Band, Chart, Lane, Mark, Panel, Point, Series, Tick

FIRST = datetime(2026, 9, 1, 16, tzinfo=UTC)
FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda frame: frame.name)
EVIL = "<b onclick=\"x\">&'Amara'</b>"


def week(n: int) -> datetime:
    return FIRST + timedelta(weeks=n)


def point(n: int, value: float, **more: object) -> Point:
    return Point(week(n), "client", f"week {n}: {value}", f"/r/{n}/", value, f"{value:.1f}", **more)  # type: ignore[arg-type]


def upper(*runs: tuple[Point, ...], **more: object) -> Panel:
    ticks = tuple(float(n) for n in range(11))
    lines = (Series("client", runs, "Amara"),) if runs else ()
    return Panel("Mean of the three lines", 0, 10, ticks, lines, tall=True, **more)  # type: ignore[arg-type]


def chart(*rows: Panel | Lane, weeks: int = 8, **more: object) -> Chart:
    slots = tuple(
        sorted({one.at for row in rows if isinstance(row, Panel) for line in row.series for one in line.points})
    )
    return Chart(
        "Timeline of Amara", "What is to be seen.", week(0), week(weeks), "today", rows, **({"slots": slots} | more)
    )  # type: ignore[arg-type]


def circles(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'class="pc" cx="([\d.]+)" cy="([\d.]+)"', svg)]


def names(svg: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'<a href="[^"]*" aria-label="([^"]*)">', svg)]


def words(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def height(svg: str) -> int:
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert found
    return int(found[2])


@FRAMES
def test_time_runs_to_the_right_and_a_higher_mark_stands_higher(frame: Frame) -> None:
    (a, b, c) = circles(draw(chart(upper((point(0, 8), point(1, 6), point(3, 9)))), frame))
    assert a[0] < b[0] < c[0]
    assert c[0] - b[0] == pytest.approx(2 * (b[0] - a[0]), abs=0.5), "two weeks are twice as far as one"
    assert b[1] - a[1] == pytest.approx(2 * (a[1] - c[1]), abs=0.5), "two points are twice as high as one"


@FRAMES
def test_a_line_is_drawn_for_each_run_and_never_between_two(frame: Frame) -> None:
    svg = draw(chart(upper((point(0, 8), point(1, 6)), (point(2, 7),), (point(3, 9), point(4, 8)))), frame)
    (line,) = re.findall(r'<path class="lc" d="([^"]*)"', svg)
    assert line.count("M") == 2, "one piece for each run of two; a point alone has no line"
    assert line.count("L") == 2
    assert len(circles(svg)) == 5


@FRAMES
def test_a_cut_scale_puts_its_lowest_value_at_the_bottom(frame: Frame) -> None:
    cut = Panel("5 to 10", 5, 10, (5.0, 10.0), (Series("client", ((point(0, 10), point(1, 5)),)),), tall=True)
    top, bottom = circles(draw(chart(cut), frame))
    assert bottom[1] - top[1] == pytest.approx(frame.tall)


@FRAMES
def test_every_mark_is_a_link_with_its_whole_name_in_order_of_time(frame: Frame) -> None:
    lane = Lane("Own steps", (Mark(week(1) + timedelta(days=1), "step", "a step", "/r/9/"),))
    svg = draw(chart(upper((point(0, 8), point(2, 6))), lane), frame)
    assert names(svg) == ["week 0: 8", "a step", "week 2: 6"]
    assert svg.count("<title>") == 3, "each has its name for the mouse, too"


@FRAMES
def test_what_opens_nothing_is_no_link_and_has_a_name(frame: Frame) -> None:
    svg = draw(chart(upper((point(0, 8),), strip=(Mark(week(1), "cancelled", "cancelled by Amara"),))), frame)
    assert names(svg) == ["week 0: 8"]
    assert '<g role="img" aria-label="cancelled by Amara">' in svg


@FRAMES
def test_it_has_a_title_and_is_told_and_what_is_only_seen_is_not_read_aloud(frame: Frame) -> None:
    svg = draw(chart(upper((point(0, 8),))), frame)
    assert f'aria-labelledby="timeline-{frame.name}-title" aria-describedby="timeline-{frame.name}-told"' in svg
    assert f'<title id="timeline-{frame.name}-title">Timeline of Amara</title>' in svg
    assert f'<desc id="timeline-{frame.name}-told">What is to be seen.</desc>' in svg
    hidden = svg[svg.index('<g aria-hidden="true">') : svg.index("<a href")]
    assert words(hidden) == words(svg)
    assert 'role="img" aria-labelledby' not in svg, "an image has no links in it"


@FRAMES
def test_what_is_given_is_escaped_and_nothing_is_inline(frame: Frame) -> None:
    strange = Point(week(0), "client", EVIL, '/r/1/?"><script>', 8, EVIL, worth=True)
    rows = (Panel(EVIL, 0, 10, (0.0, 10.0), (Series("client", ((strange,),), EVIL),), tall=True), Lane(EVIL, ()))
    svg = draw(Chart(EVIL, EVIL, week(0), week(1), EVIL, rows, ticks=(Tick(week(0), EVIL),)), frame)
    assert "<b" not in svg
    assert "<script" not in svg
    assert not re.search(r"\sstyle=|\son\w+=\"", svg)


@FRAMES
@pytest.mark.parametrize("value", [0.0, 10.0])
def test_the_ends_of_the_scale_stay_inside_the_drawing(frame: Frame, value: float) -> None:
    svg = draw(chart(upper((point(0, value, worth=True), point(8, value, worth=True)))), frame)
    for x, y in circles(svg):
        assert 12 <= x <= frame.width - 12
        assert 12 <= y <= height(svg) - 12


@FRAMES
def test_two_of_one_day_stand_side_by_side(frame: Frame) -> None:
    early, late = point(0, 8), Point(week(0) + timedelta(hours=3), "client", "late", "/r/2/", 7.0, "7.0")
    last = point(52, 9)
    one, two, _ = circles(draw(chart(upper((early, late, last)), weeks=52), frame))
    assert two[0] - one[0] >= 4


@FRAMES
def test_upon_one_spot_all_three_are_seen_the_clients_lines_above(frame: Frame) -> None:
    series = tuple(
        Series(voice, ((Point(week(0), voice, voice, f"/{voice}/", 8, "8.0"),),))
        for voice in ("client", "whole", "therapist")
    )
    svg = draw(chart(Panel("", 0, 10, (), series, tall=True)), frame)
    assert names(svg) == ["therapist", "whole", "client"]
    circle, ring = (float(r) for r in re.findall(r'class="p[cw]"[^>]* r="([\d.]+)"', svg)[::-1])
    square = re.search(r'class="pt"[^>]* width="([\d.]+)"', svg)
    assert square
    assert circle < float(square[1]) / 2 < ring


@FRAMES
def test_a_hundred_sessions_stand_apart_and_grow_smaller(frame: Frame) -> None:
    run = tuple(point(n, 5 + n % 5) for n in range(100))
    svg = draw(chart(upper(run), weeks=100), frame)
    xs = [x for x, _ in circles(svg)]
    assert len(xs) == 100
    assert min(b - a for a, b in pairwise(xs)) > 2
    assert xs[-1] <= frame.right
    assert " dense" in svg
    assert " dense" not in draw(chart(upper(run[:8])), frame)


@FRAMES
def test_one_point_at_the_very_end_is_drawn_in_the_frame(frame: Frame) -> None:
    ((x, _),) = circles(draw(chart(upper((point(8, 8),))), frame))
    assert frame.left < x < frame.right


@FRAMES
def test_a_diamond_stands_around_what_is_worth_a_conversation_with_its_value(frame: Frame) -> None:
    svg = draw(chart(upper((point(0, 8), point(1, 5, worth=True)))), frame)
    assert svg.count('class="around"') == 1
    assert re.search(r'<text class="ta"[^>]*>5\.0<', svg)
    many = draw(chart(upper(tuple(point(n, 5, worth=True) for n in range(7)))), frame)
    assert many.count('class="around"') == 7
    assert 'class="ta"' not in many, "so many figures would lie on each other"


def test_the_end_of_a_line_says_whose_it_is_where_the_name_has_room() -> None:
    panel = upper((point(0, 8.25),))
    assert "Amara 8.2" in words(draw(chart(panel), WIDE))
    narrow = words(draw(chart(panel), NARROW))
    assert "8.2" in narrow
    assert "Amara 8.2" not in narrow
    long = Panel("", 0, 10, (), (Series("client", ((point(0, 8),),), "Abdelrahman Noor Eddine"),), tall=True)
    wide = words(draw(chart(long), WIDE))
    assert "8.0" in wide, "a name is never cut short: the value stands alone"
    assert not any("Abdelrahman" in text for text in wide)


@FRAMES
def test_the_words_at_the_ends_of_three_lines_do_not_touch(frame: Frame) -> None:
    lines = tuple(Series(voice, ((point(0, 8),),), voice) for voice in ("whole", "client", "therapist"))
    svg = draw(chart(Panel("", 0, 10, (), lines, tall=True)), frame)
    ys = sorted(float(y) for y in re.findall(rf'<text class="t[ct]" x="{frame.right + 8:.1f}" y="([\d.]+)"', svg))
    assert len(ys) == 3
    assert min(b - a for a, b in pairwise(ys)) >= 14


def test_what_is_within_the_error_is_grey_from_the_first_on_and_bands_are_named_beside() -> None:
    scores = Series("outcome", ((Point(week(1), "outcome", "16", "/r/1/", 16, "16"),),))
    panel = Panel(
        "PHQ-9",
        0,
        27,
        (0.0, 5.0, 27.0),
        (scores,),
        band=Band(week(1), 10.9, 21.1),
        sides=((0, 5, "none"), (5, 27, "mild")),
    )
    svg = draw(chart(panel, slots=()), WIDE)
    box = re.search(r'class="within" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    dot = re.search(r'class="po" cx="([\d.]+)" cy="([\d.]+)"', svg)
    assert box
    assert dot
    left, top, width, high = map(float, box.groups())
    assert left == pytest.approx(float(dot[1]), abs=0.2)
    assert left + width == pytest.approx(WIDE.right, abs=0.2)
    assert top < float(dot[2]) < top + high
    assert high == pytest.approx(10.2 / 27 * WIDE.low, abs=0.2)
    assert {"none", "mild", "16"} <= set(words(svg))
    assert "mild" not in words(draw(chart(panel, slots=()), NARROW)), "no room beside it: they stand in the notes"


@FRAMES
def test_each_row_makes_the_drawing_longer(frame: Frame) -> None:
    panel, lane = upper((point(0, 8),)), Lane("Own steps", (Mark(week(0), "step", "a step", "/r/1/"),))
    heights = [height(draw(chart(*rows), frame)) for rows in ((panel,), (panel, lane), (panel, lane, lane))]
    assert heights == sorted(set(heights))


def test_a_long_title_is_set_in_several_lines() -> None:
    title = "The Generalised Questionnaire of Everything that anybody asked, 0 to 27: higher is worse"
    svg = draw(chart(Panel(title, 0, 10, (), ())), NARROW)
    lines = re.findall(r'<text class="strong" x="0.0"[^>]*>([^<]*)<', svg)
    assert " ".join(lines) == title
    assert max(map(len, lines)) <= NARROW.letters


@FRAMES
def test_sessions_are_strokes_at_the_foot_whether_or_not_a_check_in_came(frame: Frame) -> None:
    svg = draw(chart(upper((point(0, 8),)), slots=(week(0), week(1), week(2))), frame)
    assert max(d.count("v5") for d in re.findall(r'class="foot" d="([^"]*)"', svg)) == 3


def test_days_leave_each_other_room() -> None:
    ticks = tuple(Tick(week(n), f"{n} Sep") for n in range(30))
    places = Places(chart(upper(), weeks=30), NARROW)
    few = with_room(ticks, places.x, even=False)
    assert few[0] is ticks[0]
    assert 3 <= len(few) < 8
    assert with_room((), places.x, even=True) == []


def test_of_months_every_so_many_is_left() -> None:
    ticks = tuple(Tick(FIRST + timedelta(days=30 * n), "Sep 2026") for n in range(24))
    places = Places(Chart("", "", FIRST, FIRST + timedelta(days=720), "", ()), WIDE)
    assert with_room(ticks, places.x, even=True) == list(ticks[::3])


def test_numbers_at_a_scale_do_not_touch_and_its_end_always_stays() -> None:
    assert far_enough([(100, "0"), (95, "1"), (80, "4"), (70, "6")], 14) == [(100, "0"), (70, "6")]
    assert far_enough([], 14) == []


def test_words_are_pushed_apart_in_both_directions() -> None:
    assert side_by_side([50, 50], 16) == [42, 58]
    assert side_by_side([10, 100], 16) == [10, 100]
    assert side_by_side([], 16) == []


def test_the_legend_draws_what_the_drawing_draws() -> None:
    for kind in SHAPES:
        inside = re.search(r'class="([\w ]+)"', SHAPES[kind](0, 0, 4))
        assert inside
        assert f'class="{inside[1]}"' in key(kind)
        assert (f'class="{LINES[kind]}"' in key(kind)) if kind in LINES else True
    assert 'class="band"' in key("band")
    assert key("client").count('aria-hidden="true"') == 1
