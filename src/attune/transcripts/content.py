"""A transcript as one sealed text: what the file said, and who speaks in which role."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property

from attune.base.errors import Gone
from attune.transcripts import models
from attune.vault.keys import KeyDestroyed
from attune_science.conversation.analysis import Analysis, analyse
from attune_science.conversation.roles import Roles
from attune_science.conversation.transcript import Transcript, Utterance


@dataclass(frozen=True)
class Content:
    """The transcript as it was read, and the roles as a person or the labels gave them."""

    transcript: Transcript
    roles: Roles

    def to_json(self) -> str:
        """One text, to be sealed."""
        return json.dumps(
            {
                "format": self.transcript.format,
                "notes": self.transcript.notes,
                "lines": [[one.speaker, one.text, one.start, one.end] for one in self.transcript.utterances],
                "roles": dict(self.roles.by_speaker),
                "guessed": self.roles.guessed,
                "warnings": self.roles.warnings,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Content":
        """What `to_json` wrote."""
        kept = json.loads(text)
        lines = (Utterance(number, *line) for number, line in enumerate(kept["lines"]))
        transcript = Transcript(tuple(lines), kept["format"], tuple(kept["notes"]))
        return cls(transcript, Roles(kept["roles"], kept["guessed"], tuple(kept["warnings"])))

    @cached_property
    def analysis(self) -> Analysis:
        """What can be counted in it."""
        return analyse(self.transcript, self.roles)


def open_content(kept: models.Transcript) -> Content:
    """What was said, opened with the transcript's key; `Gone` where that was destroyed."""
    try:
        return Content.from_json(kept.content or "")
    except KeyDestroyed as problem:
        raise Gone("The text of this transcript was erased, and no copy of it can be opened any more.") from problem


def measures_of(analysis: Analysis) -> dict[str, dict[str, object]]:
    """The numbers by role, as they are kept in clear beside the session: no word of anybody is among them."""
    return {one.role: asdict(one) for one in analysis.measures}
