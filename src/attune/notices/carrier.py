"""Hands letters to the mail server, step by step, so that it is known which step failed.

Up to the moment at which the server says *go ahead* it is certain that nothing was taken; once the letter itself is on
its way and the line breaks, nobody can say.
"""

from contextlib import suppress
from smtplib import SMTP, SMTPException, SMTPServerDisconnected

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from attune.notices.letter import sender_address

_TAKEN, _GO_AHEAD = 250, 354


class NotTaken(Exception):
    """It is certain that the server has not taken this letter. `broken`: the line is gone with it.

    `no_such`: it says that there is no such address, and will say so tomorrow.
    """

    def __init__(self, *, broken: bool = False, no_such: bool = False) -> None:
        super().__init__()
        self.broken, self.no_such = broken, no_such


class Unsure(Exception):
    """The line broke while the letter was handed over: it may have been taken."""


class Carrier:
    """One line to the mail server, opened when it is first needed."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None
        self._begun = False  # the server waits for a letter

    def open(self) -> None:
        """Raises `NotTaken` where the server is away, busy, or does not let us in."""
        if self._backend is not None:
            return
        backend = EmailBackend(fail_silently=False)
        try:
            backend.open()
        except (SMTPException, OSError):
            backend.connection = None
            raise NotTaken(broken=True) from None
        self._backend = backend

    def address(self, to: str) -> None:
        """Say from whom and to whom, and wait for *go ahead*; `NotTaken` where it does not come."""
        line = self._line()
        try:
            line.ehlo_or_helo_if_needed()
            self._expect(line.mail(sender_address()), (_TAKEN,))
            self._expect(line.rcpt(sanitize_address(to, "utf-8")), (_TAKEN, 251), to_somebody=True)
            self._expect(line.docmd("DATA"), (_GO_AHEAD,))
            self._begun = True
        except (SMTPException, OSError, UnicodeError):
            self.close()
            raise NotTaken(broken=True) from None

    def hand(self, letter: bytes) -> None:
        """The letter itself, after `address`. `NotTaken` where the server says no, `Unsure` where the line breaks."""
        line = self._line()
        body = b"".join(b"." + one if one.startswith(b".") else one for one in letter.splitlines(keepends=True))
        try:
            line.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, _ = line.getreply()
        except (SMTPException, OSError):
            self.close()
            raise Unsure from None
        self._begun = False
        if code != _TAKEN:
            raise NotTaken

    def close(self) -> None:
        """Say goodbye, if anybody is there. After *go ahead* there is no way back but to hang up: the server throws
        away what was not ended.
        """
        if self._backend is None:
            return
        with suppress(SMTPException, OSError, NotTaken):
            if self._begun:
                self._line().close()
                self._backend.connection = None
            else:
                self._backend.close()
        self._backend, self._begun = None, False

    def _line(self) -> SMTP:
        if self._backend is None or self._backend.connection is None:
            raise NotTaken(broken=True)
        line: SMTP = self._backend.connection
        return line

    def _expect(self, answer: tuple[int, bytes], good: tuple[int, ...], *, to_somebody: bool = False) -> None:
        code, _ = answer
        if code in good:
            return
        line = self._line()
        with suppress(SMTPServerDisconnected):
            line.rset()
        raise NotTaken(no_such=to_somebody and code in _NO_SUCH)


#: There is no such address here, or it may not be written to (RFC 5321, 4.2.3).
_NO_SUCH = frozenset({550, 551, 553})
