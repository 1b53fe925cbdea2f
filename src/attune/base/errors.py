"""Errors that a person may read: what happened, why, what to do now. Never content, never blame."""


class AttuneError(Exception):
    """Something was refused; `status` is what a door answers."""

    status = 500

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotYours(AttuneError):
    """Missing, or another's: from outside the two must look alike."""

    status = 404

    def __init__(self) -> None:
        super().__init__("There is nothing here for you.")


class Conflict(AttuneError):
    """The record has moved on since the page was opened."""

    status = 409


class Refused(AttuneError):
    """What was sent cannot be taken as it is; `fields` names each field with its reason."""

    status = 422

    def __init__(self, sentence: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields or {}


class Misconfigured(AttuneError):
    """The program may not run like this."""


class Gone(AttuneError):
    """It was there and is closed now: a link past its time."""

    status = 410
