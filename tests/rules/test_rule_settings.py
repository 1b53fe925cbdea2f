"""Settings and commands are documented, and a wrong value names itself and what is expected."""

import argparse
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from attune.base.errors import Misconfigured
from attune.cli import _parser
from attune.environment import SETTINGS, Environment

ROOT = Path(__file__).parents[2]
SECRET = "rules only: abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGH"


def read(tmp_path: Path, **given: str) -> Environment:
    """The environment with these settings, and the few that are always needed."""
    return Environment.read({"ATTUNE_HOME": str(tmp_path), "ATTUNE_SECRET_KEY": SECRET} | given)


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ("attune",)) -> Iterator[str]:
    """Every command, in full."""
    deeper = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not deeper:
        yield " ".join(words)
    for action in deeper:
        for word, command in action.choices.items():
            yield from commands(command, (*words, word))


def test_settings_and_their_page_are_the_same() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE) == list(SETTINGS)


def test_no_other_name_is_read() -> None:
    source = (ROOT / "src/attune/environment.py").read_text(encoding="utf-8")
    read_names = set(re.findall(r"""_(?:value|key|database)\(env, "([A-Z_]+)\"""", source))
    assert read_names == set(SETTINGS)


def test_every_command_is_written_about() -> None:
    pages = [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    # `make demo` is how the demo is opened, and says the command itself.
    text = text.replace("make demo", "attune demo")
    missing = [command for command in commands(_parser()) if not re.search(rf"\b{command}\b", text)]
    assert missing == []


WRONG = [
    ({"ATTUNE_URL": "attune.example.org"}, "ATTUNE_URL", "http(s)://host"),
    ({"ATTUNE_URL": "ftp://example.org"}, "ATTUNE_URL", "http(s)://host"),
    ({"ATTUNE_URL": "https://example.org/attune"}, "ATTUNE_URL", "no path"),
    ({"ATTUNE_URL": "https://example.org/?a=b"}, "ATTUNE_URL", "http(s)://host"),
    ({"ATTUNE_SECRET_KEY": "abc123"}, "ATTUNE_SECRET_KEY", "at least 50 random characters"),
    ({"ATTUNE_SECRET_KEY": "a" * 60}, "ATTUNE_SECRET_KEY", "at least 50 random characters"),
    ({"ATTUNE_MASTER_KEY": "not base64!"}, "ATTUNE_MASTER_KEY", "32 random bytes"),
    ({"ATTUNE_MASTER_KEY": b64encode(b"short").decode()}, "ATTUNE_MASTER_KEY", "32 random bytes"),
    ({"ATTUNE_MASTER_KEY_OLD": "not base64!"}, "ATTUNE_MASTER_KEY_OLD", "32 random bytes"),
    ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL", "postgres://"),
    ({"VAULT_DATABASE_URL": "vault.sqlite3"}, "VAULT_DATABASE_URL", "sqlite:///path"),
]


@pytest.mark.parametrize(("given", "name", "wanted"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_value_names_itself_and_what_is_expected(
    tmp_path: Path, given: dict[str, str], name: str, wanted: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(tmp_path, **given)
    assert refused.value.sentence.startswith(f"{name} ")
    assert wanted in refused.value.sentence
    if "KEY" in name or "DATABASE" in name:
        assert given[name] not in refused.value.sentence, "a secret is not repeated"


def test_a_missing_secret_names_itself(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="ATTUNE_SECRET_KEY is not set"):
        Environment.read({"ATTUNE_HOME": str(tmp_path)})


@pytest.mark.parametrize("name", SETTINGS)
def test_every_name_may_come_from_a_file_but_not_from_both(tmp_path: Path, name: str) -> None:
    rest = {"ATTUNE_HOME": str(tmp_path), "ATTUNE_SECRET_KEY": SECRET}
    with pytest.raises(Misconfigured, match=f"{name} and {name}_FILE are both set"):
        Environment.read(rest | {name: "one", f"{name}_FILE": str(tmp_path / "two")})
    rest.pop(name, None)
    with pytest.raises(Misconfigured, match=f"^{name}_FILE names a file that cannot be read.*readable file"):
        Environment.read(rest | {f"{name}_FILE": str(tmp_path / "nothing")})


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Misconfigured, match="ATTUNE_MASTER_KEY_FILE"):
        read(tmp_path, ATTUNE_MASTER_KEY_FILE=str(tmp_path / "key"))


def test_right_values_are_taken(tmp_path: Path) -> None:
    key = bytes(range(32))
    (tmp_path / "key").write_text(b64encode(key).decode() + "\n", encoding="utf-8")
    found = read(
        tmp_path,
        ATTUNE_URL="https://attune.example.org/",
        ATTUNE_MASTER_KEY_FILE=str(tmp_path / "key"),
        DATABASE_URL="postgres://somebody:x@host/name",
    )
    assert found.url == "https://attune.example.org"
    assert found.master_key == key
    assert found.database_url.startswith("postgres://")
    assert found.vault_database_url == f"sqlite:///{tmp_path}/vault.sqlite3"
