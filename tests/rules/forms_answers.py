"""A form is sent, and the answer is looked at: no fault of the server, nothing stored half, not for long."""

import gc
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from access_table import TO_SIGN_IN, undone
from django.apps import apps
from django.db import connections
from forms_world import TOKEN, Visit
from support.forms_sent import Body
from support.memory import at_most

from attune.audit.verify import verify

#: What may come of whatever was sent; a page that was found, or something that leads on, is below 400.
REFUSALS = {400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
#: Seconds of this process, not of a clock: whatever else the machine does is not counted.
LONGEST = 2.0
#: Bytes that one of them may take, at its highest, beside what stood there before.
MOST_MEMORY = 256 << 20
#: What a refusal may write: that it was, who is there, how often it was tried.
BESIDE = {"audit_event", "audit_shown", "django_session", "people_remembered"}
_INNARDS = ("Traceback (most recent", "/site-packages/")
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass
class Answer:
    """What came of it."""

    status: int = 0
    location: str = ""
    page: str = ""
    fault: str = ""
    seconds: float = 0
    memory: int = 0
    written: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    half: str = ""


class Answers:
    """Sends, and knows what stood in every table before."""

    def __init__(self) -> None:
        self.tables = {model._meta.db_table: _alias(model) for model in apps.get_models()}
        self.before = {table: self._rows(table) for table in self.tables}
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self.longest, self.most = 0.0, 0

    def of(self, visit: Visit) -> Counter[int]:
        """How often which status came."""
        return self.statuses[str(visit)]

    def _rows(self, table: str) -> int:
        with connections[self.tables[table]].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            return hash(tuple(sorted(repr([_plain(one) for one in row]) for row in cursor.fetchall())))

    def send(self, visit: Visit, body: Body) -> Answer:
        """As somebody sends it; whatever came of it is undone afterwards."""
        answer, kept = Answer(), dict(visit.browser.cookies)
        with undone():
            if any("credential" in form.names for form in visit.forms):
                visit.browser.get(visit.address)  # a challenge is answered only where one was set
            with (
                connections["default"].execute_wrapper(_Watch(answer)),
                connections["vault"].execute_wrapper(_Watch(answer)),
            ):
                answer.memory = at_most(partial(self._ask, visit, body, answer))
            self._look(answer)
        visit.browser.cookies.clear()
        visit.browser.cookies.update(kept)
        self.of(visit)[answer.status] += 1
        self.longest, self.most = max(self.longest, answer.seconds), max(self.most, answer.memory)
        return answer

    def _ask(self, visit: Visit, body: Body, answer: Answer) -> None:
        headers = {"HTTP_X_CSRFTOKEN": TOKEN} if body.token else {}
        gc.disable()  # what this process collects after thousands of answers is not this one's work (measured: 0.7 s)
        began = time.process_time()
        try:
            page = visit.browser.generic("POST", _address(visit, body), body.data, body.kind, **headers)  # type: ignore[arg-type]
        except Exception as fault:  # it went past everything that answers
            answer.status, answer.fault = 500, repr(fault)
            return
        finally:
            answer.seconds = time.process_time() - began
            gc.enable()
        answer.status, answer.location = int(page.status_code), page.headers.get("Location", "")
        answer.page = page.content.decode(errors="replace") if not page.streaming else ""
        if page.status_code >= 500 and getattr(page, "exc_info", None):
            answer.fault = repr(page.exc_info[1])[:300]

    def _look(self, answer: Answer) -> None:
        if answer.status >= 500:
            return  # on PostgreSQL nothing can be asked after it
        written = answer.written - BESIDE
        answer.changed = {table for table in written if self._rows(table) != self.before[table]}
        if answer.written:
            answer.half = str(verify().fault or "")
            for connection in connections.all():
                connection.check_constraints()


class _Watch:
    """Which tables are written to."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        if written := _WRITES.match(sql):
            self.answer.written.add(written[1])
        return execute(sql, *rest)


def faults(visit: Visit, answer: Answer) -> list[str]:
    """What is wrong about an answer, in words; nothing where all is well."""
    refused = answer.status >= 400 or not visit.may
    found = {
        f"answered {answer.status} {answer.fault}": not 200 <= answer.status < 400 and answer.status not in REFUSALS,
        f"passed, and may not: {answer.status} {answer.location}": not visit.may and not _turned_away(answer),
        f"refused with {answer.status}, and yet changed {sorted(answer.changed)}": refused and bool(answer.changed),
        f"took {answer.seconds:.1f} s of work": answer.seconds > LONGEST,
        f"took {answer.memory >> 20} MB of memory": answer.memory > MOST_MEMORY,
        f"the audit or a key is not whole: {answer.half}": bool(answer.half),
        "shows where in the code it failed": "Traceback (most recent" in answer.page
        or "/site-packages/" in answer.page,
    }
    return [words for words, so in found.items() if so]


def _turned_away(answer: Answer) -> bool:
    return answer.status >= 400 or answer.location.startswith((*TO_SIGN_IN, "/account/", "/sign-in/"))


def _address(visit: Visit, body: Body) -> str:
    address = visit.address
    if body.place:
        parts = [n for n, part in enumerate(address.split("/")) if len(part) > 16 or part.isdigit() or "-" in part]
        listed = address.split("/")
        for n in parts[:1]:
            listed[n] = body.place
        address = "/".join(listed)
    return f"{address}?{body.query}" if body.query else address


def _alias(model: Any) -> str:
    return "vault" if model._meta.app_label == "vault" else "default"


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
