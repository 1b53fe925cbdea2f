"""The two example briefs, word for word, but for the parts whose nouns come later."""

from practices_cast import amara, dana, when

from attune.practices.brief import compose
from attune.practices.page import as_text, count_words

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
"I let the phone ring."
"""


def test_after_a_rupture_at_session_7() -> None:
    page = compose(amara(), when(17, 15, 40))
    assert as_text(page) == GOLD
    assert count_words(page) <= 240
    assert not page.quiet


def test_a_quiet_brief() -> None:
    page = compose(dana(), when(18, 9, 30))
    assert as_text(page) == QUIET.rstrip()
    assert count_words(page) < 100
    assert page.quiet


def test_amber_stands_only_beside_worth_a_conversation() -> None:
    tones = {block.kind: block.tone for block in compose(amara(), when(17, 15, 40)).blocks}
    assert tones == {"asks": "", "conversation": "amber", "celebrate": "", "nothing_new": ""}
    assert {block.tone for block in compose(dana(), when(18, 9, 30)).blocks} == {""}


def test_what_stands_behind_show_me() -> None:
    page = compose(amara(), when(17, 15, 40))
    talk = next(block for block in page.blocks if block.kind == "conversation")
    shown = [(one.practice, one.session, one.marked, one.predicted) for one in talk.basis.figures]
    assert ("feedback", 7, 5, 8) in shown  # it fell too, and is not named on the page
    assert ("collaboration", 6, 9, None) in shown
    assert talk.basis.sessions == (6, 7)
    assert [str(note) for note in talk.basis.notes] == ["You had expected 8.0; it was 6.5."]
    assert [str(words) for words in talk.tries.other] == ["You do not have to look after me in this."]
    assert str(talk.could_do[0]) == "She asked you to bring it up: say that the check-in told you."
    assert len(page.readings) == 8
