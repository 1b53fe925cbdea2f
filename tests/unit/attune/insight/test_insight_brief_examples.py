"""The two example briefs, out of the database: told through the actions, read through the reader."""

from datetime import datetime, timedelta

import pytest
from support.cast import NOW, make_cast

from attune.base.clock import fixed
from attune.care.workflows.open_brief import open_brief
from attune.commands.demo import courses
from attune.commands.demo.make import tell_episode
from attune.commands.demo.telling import Course
from attune.insight.brief import get_brief
from attune.practices.page import as_text, count_words
from attune.vault.keys import keyring

GOLD = """\
**Amara** · she/her · session 8 · Tuesday 17 November, 16:00
*From her check-ins, your notes, attendance, 15:40. No transcript. Amara may ask to see it.*

**What she asks of today** · 14:10
"Slower please. Something happened on Sunday with my father. Then the sheet, but not first thing."

**Worth a conversation** · repair, with collaboration, acceptance
Her check-in after session 7 was 6.5; the six before, 8.1 to 8.6. Lowest: *deciding together* (9 to 4), \
*easy to say so* (8 to 3). To you it had been an ordinary session.
*How sure:* she said so; marks alone, maybe chance. Why: her words, not ours.
*Words to try:* "You marked our last meeting lower, and I am glad you did. \
I would like to hear about it, when and how it suits you."
[Show me] [Other words] [What could I do]

**Celebrate** · autonomy
"I rang my sister. Two minutes. I did it." Her own step, session 6.

**Nothing new:** presence, culture, frame, feedback."""

QUIET = """\
**Dana** · session 14 · Wednesday 18 November, 10:00, video
*Made 9:30 from her check-ins, your notes, attendance.*

**What she asks of today** · left empty, as most weeks

**Nothing needs you here.** Five check-ins much alike, and that is her way of marking.

**Celebrate** · autonomy
"I let the phone ring.\""""

DANA_READ = NOW + timedelta(hours=17, minutes=50)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "course", "ahead", "read_at", "text"),
    [
        pytest.param("Amara", courses.AMARA, NOW + timedelta(minutes=20), NOW, GOLD, id="after-a-rupture"),
        pytest.param("Dana", courses.DANA, DANA_READ + timedelta(minutes=30), DANA_READ, QUIET, id="a-quiet-one"),
    ],
)
def test_the_record_makes_the_example(name: str, course: Course, ahead: datetime, read_at: datetime, text: str) -> None:
    ben = make_cast().ben
    with keyring(), fixed(read_at):
        episode, _, _ = tell_episode({name: ("she", course)}, ben, ahead=ahead, now=read_at)
        assert get_brief(ben, episode.id, at=read_at) is None, "nothing is seen before it was opened"
        open_brief(episode.id, by=ben, at=read_at)
        made = get_brief(ben, episode.id, at=read_at)
    assert made is not None
    assert as_text(made.page) == text
    assert count_words(made.page) <= 240
