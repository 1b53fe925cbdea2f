"""What is counted in a transcript

What was said in a session tells which practices were used, and where. It does not tell how the client felt, nor how
good the work was: language predicts the client's own rating by a rank correlation of .15 (`goldberg2020`). So no
figure here is good or bad by itself.

* A *turn*: consecutive lines or cues of one speaker. In the examples a bar parts lines, `T:` is the therapist.
* A *word*: a run of letters, digits, apostrophes and hyphens that begins with a letter or digit.
* A *question*: a sentence that ends in a question mark. A transcript without punctuation has none that can be told.
* A *share*: of all words. The shares of all roles add to 1.

A finding keeps the number of its line, its first and last character, its rule and the rule's version; never what was
said. Each rule has a key, patterns, a source and a version: `open-invitation.toml` and `feedback-asked.toml`.
"""

import pytest

from attune_science.conversation.analysis import analyse
from attune_science.conversation.measures.feedback import find_feedback_asked
from attune_science.conversation.measures.function_words import pack
from attune_science.conversation.measures.questions import find_invitations
from attune_science.conversation.measures.style import Spoken, measure_style, style_matching
from attune_science.conversation.measures.timing import measure_timing
from attune_science.conversation.roles import assign_roles
from attune_science.conversation.transcript import Line, Transcript, make_transcript
from attune_science.conversation.words import count_questions, count_words


def _said(text: str) -> Transcript:
    lines = (line.partition(": ") for line in text.split(" | "))
    return make_transcript([Line(speaker, said) for speaker, _, said in lines], "labelled")


def _timed(text: str) -> Transcript:
    """“T 0-2” is somebody who speaks from 0 to 2 seconds."""
    lines = []
    for line in text.split(" | "):
        speaker, _, times = line.partition(" ")
        start, _, end = times.partition("-")
        lines.append(Line(speaker, "Said.", float(start), float(end)))
    return make_transcript(lines, "srt")


@pytest.mark.parametrize(
    ("text", "words", "questions"),
    [
        ("Well, I don't know - twenty-one?", 5, 1),
        ("Really?! You said what? Yes.", 5, 2),
        ("Tell me more.", 3, 0),
        ("She asked “Why?” and left.", 5, 1),
        ("क्या आप ठीक हैं?", 4, 1),
        ("كيف حالك؟ بخير.", 3, 1),
        ("...", 0, 0),
    ],
)
def test_words_and_questions(text: str, words: int, questions: int) -> None:
    """Words and questions

    In any script. A question mark that ends a quotation ends a sentence, too.
    """
    assert (count_words(text), count_questions(text)) == (words, questions)


@pytest.mark.parametrize(
    ("conversation", "role", "turns", "words", "share", "words_a_turn", "longest"),
    [
        ("T: How was it? | C: Hard. | C: Very hard. | T: Yes.", "therapist", 2, 4, 0.571429, 2.0, 3),
        ("T: How was it? | C: Hard. | C: Very hard. | T: Yes.", "client", 1, 3, 0.428571, 3.0, 3),
        ("T1: Hello. | T2: And hello from me. | C: Hello.", "therapist", 2, 5, 0.833333, 2.5, 4),
        ("T: Hello. | Client 1: Yes. | Client 2: Yes. | Guest: No no.", "client", 2, 2, 0.4, 1.0, 1),
        ("T: Hello. | Client 1: Yes. | Client 2: Yes. | Guest: No no.", "other", 1, 2, 0.4, 2.0, 2),
    ],
)
def test_talk(
    conversation: str, role: str, turns: int, words: int, share: float, words_a_turn: float, longest: int
) -> None:
    """Who speaks how much

    Two lines of one speaker are one turn; two therapists who follow each other have two.
    """
    transcript = _said(conversation)
    measures = analyse(transcript, assign_roles(transcript, {})).measures
    found = next(one for one in measures if one.role == role)
    assert (found.turns, found.words, found.words_a_turn, found.longest_words) == (turns, words, words_a_turn, longest)
    assert found.talk_share == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("conversation", "first", "second", "guessed"),
    [
        ("T: Hello. | C: Hello.", "therapist", "client", False),
        ("INV: Hello. | PAR: Hello.", "therapist", "client", False),
        ("Client (Amara): Hello. | Counsellor 1: Hello.", "client", "therapist", False),
        ("Terapeuta: Hola. | Paciente: Hola.", "therapist", "client", False),
        ("المعالج: مرحبا. | العميل: مرحبا.", "therapist", "client", False),
        ("चिकित्सक: नमस्ते। | क्लाइंट: नमस्ते।", "therapist", "client", False),
        ("Amara: Hello. | T: Hello.", "client", "therapist", False),
        ("Ben: Why? How? What? | Amara: Yes. | Ben: Who? | Amara: No.", "therapist", "client", True),
        ("Ben: Hello. | Amara: Hello.", "other", "other", False),
        ("C: Hello. | P: Hello.", "other", "other", False),
    ],
)
def test_roles(conversation: str, first: str, second: str, guessed: bool) -> None:
    """Who is who

    By what was given, then by label, then, with a warning, by who asks: at least four times, and twice as often as the
    next. “C” and “P” alone may be counsellor and client, and nothing is told from them. Where nothing tells, nobody is
    taken for anything.
    """
    transcript = _said(conversation)
    roles = assign_roles(transcript, {})
    assert tuple(roles.by_speaker.values()) == (first, second)
    assert roles.guessed is guessed
    assert bool(roles.warnings) is (guessed or first == "other")


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("What was that like for you?", "what"),
        ("And so, what's the hardest part?", "what"),
        ("What time do you get up?", None),
        ("What's your name?", None),
        ("What I hear is that you were alone, right?", None),
        ("What- what made you stay?", "what"),
        ("How did that change things?", "how"),
        ("How many drinks do you have?", None),
        ("How important is this to you, from 0 to 10?", None),
        ("How are you today?", None),
        ("How about we stop here?", None),
        ("In what ways did it help?", "in-what-way"),
        ("In the end, did it help?", None),
        ("Where would you like to begin?", "where"),
        ("Where do you live?", None),
        ("Tell me more about that evening.", "tell-me"),
        ("Could you tell me a little bit about your family?", "tell-me"),
        ("Can you tell me how many there were?", None),
        ("People tell me about their days.", None),
        ("You don't have to tell me about it.", None),
        ("Could you say a bit more?", "say-more"),
        ("I would say more or less the same.", None),
        ("Walk me through that morning.", "describe"),
        ("They describe it well.", None),
        ("I'm wondering what that means to you.", "wonder"),
        ("I'm wondering if you are tired.", None),
        ("I'd love to hear more about her.", "hear-more"),
        ("I'd love to hear the end of it.", None),
        ("Why did you do that?", None),
        ("My father asked what I wanted?", None),
        ("He asked me, what do you want?", None),
        ("“What do you want?” he said, and left.", None),
    ],
)
def test_open_invitations(said: str, rule: str | None) -> None:
    """Open invitations

    What asks the client to tell in their own words (`unc-open-questions`, `oars-open-questions`). Not those that ask
    for a name, a number or a fact, nor “why”, which can be heard as a charge. What is quoted, told of somebody else or
    taken back does not count.
    """
    found = [one.rule for one in find_invitations(_said(f"T: {said}").turns)]
    assert found == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("How was this for you today?", "how-was-this"),
        ("I'd like to hear how today was for you?", "how-was-this"),
        ("How was this week for you?", None),
        ("How are you feeling about our work together?", "our-work"),
        ("How are you feeling about your work?", None),
        ("Is there anything we do that isn't working?", "not-working"),
        ("Is there anything not working for you?", "not-working"),
        ("Is there anything working at home?", None),
        ("What could I do differently?", "differently"),
        ("What could you do differently?", None),
        ("Is there anything you would like more or less of?", "more-or-less"),
        ("Would you like more tea?", None),
        ("Was today helpful?", "was-it-useful"),
        ("Was your sister helpful?", None),
        ("Is there anything I have missed?", "missed"),
        ("Is there anything you missed at school?", None),
        ("Please tell me if anything I do doesn't help.", "tell-me-if"),
        ("Tell me if anything happens.", None),
        ("Are we on the right track?", "on-track"),
        ("Are you on the right bus?", None),
        ("My last therapist asked how was this for you?", None),
        ("I'm not asking what I could do differently?", None),
        ("She wrote “how was this for you?” on a card.", None),
    ],
)
def test_feedback_asked(said: str, rule: str | None) -> None:
    """Feedback asked for

    Where the therapist asks what the client makes of the work itself (`attune-guide`).
    """
    found = [one.rule for one in find_feedback_asked(_said(f"T: {said}").turns)]
    assert found == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    ("times", "silences", "client_answers_after", "interrupts", "therapist_pauses"),
    [
        ("T 0-2 | C 3-5 | T 5-6", 0, 1.0, 0, 0),
        ("T 0-2 | C 5-6", 1, 3.0, 0, 0),
        ("T 0-2 | T 3.5-4 | C 4.2-5", 0, 0.2, 0, 1),
        ("T 0-4 | C 3.6-5", 0, 0.0, 0, 0),
        ("T 0-4 | C 3.4-5", 0, 0.0, 1, 0),
        ("T 0-10 | C 3-4 | T 10-11", 0, 0.0, 1, 0),
    ],
)
def test_timing(times: str, silences: int, client_answers_after: float, interrupts: int, therapist_pauses: int) -> None:
    """Timing

    `T 0-2` speaks from 0 to 2 seconds. A *silence* is 3 seconds or more in which nobody speaks (`frankel2006`). An
    *answer* is counted from the end of the turn before, never below 0; the median is shown. An *interruption* begins
    more than half a second before the turn before it has ended, and a *pause* is a second or more inside a turn: both
    figures are ours, since captions are cut and rounded. Without times on every line there is none of this.
    """
    timing = measure_timing(_timed(times), {"T": "therapist", "C": "client"})
    paces = dict(timing.paces)
    assert len(timing.silences) == silences
    assert paces["client"].latency == pytest.approx(client_answers_after)
    assert (paces["client"].interruptions, paces["therapist"].pauses) == (interrupts, therapist_pauses)


@pytest.mark.parametrize(
    ("one", "other", "matching"),
    [
        ("i was in the house", "i was in the house", 1.0),
        ("the house", "houses", 0.888889),
        ("the the house house", "the house house house", 0.962963),
        ("i am not there", "cats sleep", 0.555556),
    ],
)
def test_style(one: str, other: str, matching: float) -> None:
    """Language style matching

    The mean over nine classes of grammar words of 1 − |p − q| ÷ (p + q + 0.0001), p and q in percent (`gonzales2010`;
    the word lists are ours). In the second line only articles differ: eight classes match fully, one not at all. In
    the third, articles are 50 % against 25 %: 1 − 25 ÷ 75 = .667 in one class of nine.
    """
    assert style_matching(one.split(), other.split()) == pytest.approx(matching, abs=1e-5)


@pytest.mark.parametrize(
    ("words_a_turn", "above_what_is_expected"),
    [(10, False), (40, False)],
)
def test_style_beside_length(words_a_turn: int, above_what_is_expected: bool) -> None:
    """Style beside length

    Longer texts match more by length alone. So the session is cut into about forty pieces, which are dealt out at
    random 99 times, each side getting as many as it had: that is what is expected of one voice that speaks both parts.
    Here one side says “I” and the other “the” all the time, so that they match far less than expected, however long
    they speak. Higher is not better: in demonstration sessions it was .831 in those of low quality and .825 in those
    of high quality (`attune-annomi`).
    """
    turns = [Spoken(side, words_a_turn, pack(["i" if side else "the"] * words_a_turn)) for side in [True, False] * 40]
    found = measure_style(turns)
    assert found.matching is not None
    assert found.expected is not None
    assert (found.matching > found.expected) is above_what_is_expected
    assert found.percentile == 0
