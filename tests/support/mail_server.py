"""A mail server on this machine, to which letters are really handed over: it can be away, say no, and hang up."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.test import override_settings


@dataclass
class MailServer:
    """What it has taken, and how it behaves. `says`: its answer to an address, to go ahead, and to a whole letter."""

    port: int
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    slow: float = 0
    """So many seconds it thinks before it answers to an address."""
    hangs_up: bool = False
    meanwhile: Callable[[], None] = lambda: None
    """Done when a letter has been taken, before that is answered."""
    _running: Any = None

    @property
    def read(self) -> list[EmailMessage]:
        """The letters as a program for mail shows them."""
        return [message_from_bytes(data, policy=policy.default) for _, data in self.letters]  # type: ignore[misc]

    @property
    def to(self) -> list[str]:
        """To whom, in the order in which they came."""
        return [to for to, _ in self.letters]

    def start(self) -> None:
        self._running = Controller(self, hostname="127.0.0.1", port=self.port)
        self._running.start()

    def stop(self) -> None:
        """Whoever comes now finds nobody."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.asked.append(address)
        await asyncio.sleep(self.slow)
        if "address" in self.says:
            return self.says["address"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if "letter" in self.says:
            return self.says["letter"]
        self.letters.append((envelope.rcpt_tos[0], envelope.original_content))
        self.meanwhile()
        if self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that takes what comes; the house is told where it stands."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = MailServer(int(probe.getsockname()[1]))
    server.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port, EMAIL_TIMEOUT=5):
            yield server
    finally:
        server.stop()
