"""Clients who answer against a server that runs, each sending the same again until it is acknowledged."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from itertools import count
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import urlencode

from support.ledger import Ledger, what_is_sent

_HIDDEN = re.compile(r'name="([^"]+)" value="([^"]*)"')
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What came back: the status, where it leads, after how long to try again, the page, and its cookie."""

    status: int
    leads_to: str
    retry_after: str
    page: str
    cookie: str


@dataclass
class WaitingRoom:
    """The clients' side: their book, every status they saw, and when they last got something through."""

    port: int
    tokens: list[str]
    ledger: Ledger = field(default_factory=Ledger)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    last_received: float = 0.0
    pause: float = 0.0
    thinks: float = 0.0
    _numbers: "count[int]" = field(default_factory=count)
    _open: "Queue[str]" = field(default_factory=Queue)
    _closing: Event = field(default_factory=Event)

    @contextmanager
    def full(self, clients: int) -> Iterator[None]:
        """So many clients answer at once, one check-in after another, until this is left; each finishes its own."""
        for token in self.tokens:
            self._open.put(token)
        threads = [Thread(target=self._come_and_go, daemon=True) for _ in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._closing.set()
            for thread in threads:
                thread.join(120)
        assert not any(thread.is_alive() for thread in threads)

    def through_the_day(self, seconds: float) -> None:
        """Everybody comes once, one after another at even distances of time, and thinks before sending."""
        begun, threads = time.monotonic(), list[Thread]()
        for place, token in enumerate(self.tokens):
            time.sleep(max(0.0, begun + place * seconds / len(self.tokens) - time.monotonic()))
            threads.append(Thread(target=self.answer, args=[token], daemon=True))
            threads[-1].start()
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)

    def first_received_after(self, moment: float, patience: float = 60.0) -> float:
        """Seconds from this moment to the first acknowledgement after it."""
        until = time.monotonic() + patience
        while self.last_received <= moment:
            assert time.monotonic() < until, f"nothing was acknowledged any more: {self.statuses}, {self.wrong[:3]}"
            time.sleep(0.005)
        return self.last_received - moment

    def _come_and_go(self) -> None:
        with suppress(Empty):
            while not self._closing.is_set():
                self.answer(self._open.get_nowait())
                time.sleep(self.pause)

    def answer(self, token: str, patience: float = 100.0) -> None:
        """Open the form, fill it in, and send it until the server says that it has it."""
        until, address, fields = time.monotonic() + patience, f"/c/{token}/", what_is_sent(next(self._numbers))
        form = None
        while time.monotonic() < until:
            if form is None:
                form = self._ask("GET", address)
                if form is not None and form.status != 200:
                    form = None
                if form is None:
                    time.sleep(0.02)
                    continue
                hidden = {name: unescape(value) for name, value in _HIDDEN.findall(form.page) if name in _KEPT}
                self.ledger.sends(hidden["submission"], fields)
                time.sleep(self.thinks)
            reply = self._ask("POST", address, fields | hidden, form.cookie)
            if reply is not None and reply.status == 302:
                self.last_received = time.monotonic()
                self.ledger.was_received(hidden["submission"])
                return
            if reply is not None and reply.status == 503 and hidden["submission"] not in reply.page:
                self.wrong.append("503 without what was typed")
            time.sleep(0.02)
        self.wrong.append("never received")

    def _ask(self, method: str, address: str, fields: dict[str, str] | None = None, cookie: str = "") -> Reply | None:
        """None where the connection broke: the server died under it."""
        headers = {"Host": "localhost", "Cookie": cookie} | ({"Content-Type": _FORM} if fields else {})
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as asking:
                asking.request(method, address, urlencode(fields) if fields else None, headers)
                answer = asking.getresponse()
                page = answer.read().decode()
        except (OSError, HTTPException):
            self.statuses[0] += 1
            return None
        reply = Reply(
            answer.status,
            answer.headers.get("Location") or "",
            answer.headers.get("Retry-After") or "",
            page,
            (answer.headers.get("Set-Cookie") or "").split(";")[0],
        )
        self._look_at(reply)
        return reply

    def _look_at(self, reply: Reply) -> None:
        self.statuses[reply.status] += 1
        if reply.status == 503 and not reply.retry_after:
            self.wrong.append("503 without Retry-After")
        if reply.status not in (200, 302, 503):
            self.wrong.append(f"{reply.status}: {reply.page[:300]}")
        if reply.status != 302 and not reply.page.rstrip().endswith("</html>"):
            self.wrong.append(f"half a page: {reply.status}")


_KEPT = ("csrfmiddlewaretoken", "submission")
