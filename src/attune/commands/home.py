"""ATTUNE_HOME: made at the first command, closed to others, with a secret of its own. Needs no Django."""

import os
from base64 import b64encode
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from attune.base.errors import Misconfigured
from attune.environment import DEMO_MASTER_FILE, SECRET_FILE


def prepare_home(home: Path, *, demo: bool = False) -> None:
    """Make the folder and its secret when they are missing; a demo also gets a master key inside."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise Misconfigured(
            f"ATTUNE_HOME cannot be made at {home} ({problem.strerror}): choose a folder that you may write to."
        ) from problem
    if not os.environ.get("ATTUNE_SECRET_KEY") and not os.environ.get("ATTUNE_SECRET_KEY_FILE"):
        _write_once(home / SECRET_FILE, token_urlsafe(64))
    if demo and (os.environ.get("ATTUNE_MASTER_KEY") or os.environ.get("ATTUNE_MASTER_KEY_FILE")):
        raise Misconfigured(
            "ATTUNE_MASTER_KEY is set, so this is a clinic's: unset it, and give the demo a home of its own."
        )
    if demo and not (home / "attune.sqlite3").exists():
        _write_once(home / DEMO_MASTER_FILE, new_key())


def new_key() -> str:
    """32 random bytes in base64: a master key."""
    return b64encode(token_bytes(32)).decode("ascii")


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
