"""Errors of the science: what happened, why, what to do now. They never quote what a person answered."""

from collections.abc import Mapping


class ScienceError(Exception):
    """Something could not be computed or read; the sentence says what, why, and what to do.

    Parameters
    ----------
    what, why, mend
        Three sentences, each with its full stop.
    """

    def __init__(self, what: str, why: str, mend: str) -> None:
        super().__init__(f"{what} {why} {mend}")
        self.what, self.why, self.mend = what, why, mend


class DefinitionRefused(ScienceError):
    """An instrument's definition contradicts itself; names the file and the item.

    Parameters
    ----------
    place
        Where it stands: the file's name, or the instrument's key, then the item or scale where there is one.
    why, mend
        What is wrong there, and what to write instead.
    """

    def __init__(self, place: str, why: str, mend: str) -> None:
        super().__init__(f"{place}: this definition cannot be used.", why, mend)
        self.place = place


class AnswersRefused(ScienceError):
    """Some answers cannot be taken as they were sent.

    Parameters
    ----------
    fields
        For each item's key one sentence to show beside it; under the empty key, what concerns the whole form.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            "Some answers could not be taken.",
            "They do not fit what was asked.",
            "The sentence beside each says what to do; everything else that was typed is kept.",
        )
        self.fields = dict(fields)
