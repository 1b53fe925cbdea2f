"""Nothing is pushed to a page: none keeps a line open, asks again by itself, loads itself anew, or rings."""

import re
from pathlib import Path

import pytest

import attune

HOUSE = Path(attune.__file__).parent
FILES = sorted([*HOUSE.glob("**/static/**/*.js"), *HOUSE.glob("**/templates/**/*.html")])
PUSHED = re.compile(
    r"EventSource|WebSocket|Notification|PushManager|serviceWorker|SharedWorker|\bplay\(|http-equiv=.?refresh|"
    r"hx-trigger|hx-ext|location\.reload|setInterval\([^)]*fetch"
)
#: Scripts that ask the house for something, each only when somebody has done something.
ASKING = {"draft.js", "passkeys.js"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_is_pushed(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not PUSHED.findall(source)
    if path.suffix == ".js" and path.name not in ASKING:
        assert "fetch(" not in source
        assert "XMLHttpRequest" not in source


@pytest.mark.parametrize(
    "source", ["new EventSource('/x')", '<meta http-equiv="refresh" content="5">', "new WebSocket(x)"]
)
def test_what_is_pushed_is_found(source: str) -> None:
    assert PUSHED.search(source)
