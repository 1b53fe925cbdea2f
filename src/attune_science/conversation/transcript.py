"""A transcript as plain values: who said what, when, in the order in which it was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from attune_science.errors import ScienceError


class TranscriptRefused(ScienceError):
    """A file could not be read as a transcript: what happened, why, what to do now. Never with what was said."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One cue or line, as the file has it.

    Parameters
    ----------
    number
        Its place in the transcript, from 0.
    speaker
        The name or label in the file; empty where it has none.
    text
        What was said, with marks of the format taken out and white space at its ends dropped; never empty.
    start, end
        Seconds from the beginning of the recording; None where the file has no times.
    """

    number: int
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class Turn:
    """Consecutive utterances of one speaker."""

    utterances: tuple[Utterance, ...]

    @property
    def speaker(self) -> str:
        """Whose turn it is."""
        return self.utterances[0].speaker

    @cached_property
    def text(self) -> str:
        """What was said in it, the utterances joined by a space."""
        return " ".join(utterance.text for utterance in self.utterances)

    @property
    def start(self) -> float | None:
        """When it began."""
        return self.utterances[0].start

    @property
    def end(self) -> float | None:
        """When it ended."""
        return self.utterances[-1].end


@dataclass(frozen=True)
class Transcript:
    """One conversation.

    Parameters
    ----------
    utterances
        In the order of the file, numbered from 0.
    format
        How it was read: `webvtt`, `srt`, `whisper`, `labelled`, `table`, `docx`, `chat`.
    notes
        What a reader should know of the file, in sentences: lines without a speaker, times that were left out.
    """

    utterances: tuple[Utterance, ...]
    format: str
    notes: tuple[str, ...] = ()

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, in order."""
        grouped = groupby(self.utterances, key=lambda utterance: utterance.speaker)
        return tuple(Turn(tuple(utterances)) for _, utterances in grouped)

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in the order in which they first do; “” where a line has no speaker."""
        return tuple(dict.fromkeys(utterance.speaker for utterance in self.utterances))

    @property
    def has_times(self) -> bool:
        """Whether every utterance has its times."""
        return all(one.start is not None and one.end is not None for one in self.utterances)


@dataclass(frozen=True, slots=True)
class Line:
    """What a format's reader found: an utterance that has no number yet."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


def make_transcript(lines: Sequence[Line] | Iterator[Line], form: str, notes: Sequence[str] = ()) -> Transcript:
    """Number what was found, drop what is empty, and refuse what is no conversation.

    Raises
    ------
    TranscriptRefused
        When nothing was said in it.
    """
    said = [line for line in lines if line.text.strip()]
    if not said:
        raise TranscriptRefused(
            "This file holds no conversation.", "No line with words was found in it.", "Choose the transcript itself."
        )
    return Transcript(
        tuple(
            Utterance(number, " ".join(line.speaker.split()), " ".join(line.text.split()), line.start, line.end)
            for number, line in enumerate(said)
        ),
        form,
        tuple(notes),
    )
