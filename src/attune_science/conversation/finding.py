"""What was found in a transcript: where it stands and which rule found it; never what was said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One place in a transcript at which a rule fired.

    Parameters
    ----------
    utterance
        The number of the utterance, from 0.
    start, end
        The characters of its text that the rule points at; `end` is not included.
    code
        What was found, such as `open-invitation`.
    rule
        The key of the rule that found it.
    version
        The version of that rule.
    """

    utterance: int
    start: int
    end: int
    code: str
    rule: str
    version: str
