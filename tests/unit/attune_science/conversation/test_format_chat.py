"""CHAT. All words are made up."""

import pytest

from attune_science.conversation.formats import chat, read_transcript
from attune_science.conversation.transcript import TranscriptRefused

FILE = """@UTF8
@PID:\tnothing
@Begin
@Languages:\teng
@Participants:\tTHE Ben Therapist, PAR Amara Target_Client
@ID:\teng|x|PAR|||||Target_Client|||
*THE:\thow was it
\tthis week ? \x151000_2500\x15
%mor:\tadv|how
\tcontinued here
*PAR:\t<it was> [//] it is &=sighs slow (.) . \x153000_4000\x15
@Comment:\tnothing
*THE:\txxx .
@End
"""


def test_tiers_names_times_and_continuation() -> None:
    found = read_transcript(FILE.encode(), "x.cha")
    assert [(one.speaker, one.text, one.start, one.end) for one in found.utterances][:2] == [
        ("Therapist", "how was it this week?", 1.0, 2.5),
        ("Target Client", "it was it is slow.", 3.0, 4.0),
    ]
    assert read_transcript(FILE.encode(), "x.txt").format == "chat"


def test_two_speakers_of_one_role_keep_their_codes() -> None:
    text = FILE.replace("Target_Client,", ",").replace("Ben Therapist", "Ben Adult").replace("Target_Client", "Adult")
    assert read_transcript(text.encode(), "x.cha").speakers == ("THE", "PAR")


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ("<I want> [/] I want to go .", "I want I want to go."),
        ("it goed [: went] [*] there", "it goed there"),
        ("so [= about the week] &=laughs (..) (1.5) yes", "so yes"),
        ("xxx well yyy", "well"),
        ("&-um &+fr &*PAR:mhm fine", "um fine"),
        ("(be)cause a lo:ng day", "because a long day"),
        ("0is gone 0 to 10", "gone 0 to 10"),
        ("mama@f New_York ice+cream", "mama New York ice cream"),
        ("and then +...", "and then…"),
        ("did you +/?", "did you?"),
        ("what +!?", "what?"),
        ('he said +"/.', "he said…"),
        ("+< yes ‡ no", "yes, no"),
        ("[unclear] 3 < 4 and 10:30 (maybe so)", "[unclear] 3 4 and 10:30 (maybe so)"),
    ],
)
def test_codes(coded: str, said: str) -> None:
    assert chat.clean(coded) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (FILE.replace("@End\n", ""), "none “@End”"),
        (FILE.replace("3000_4000", "500_4000"), "Line 11 begins before"),
        (FILE.replace("3000_4000", "3000_2000"), "Line 11 ends before"),
        (FILE.replace("2500\x15", "2500"), "line 7 is never closed"),
        ("@UTF8\n@Begin\n@End\n", "No line with words"),
    ],
)
def test_cut_and_backward_files_are_refused(text: str, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(text.encode(), "x.cha")
