"""Set-ups that are open to others: `attune doctor` names them, `attune serve` refuses them."""

from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from attune.base.errors import Misconfigured
from attune.cli import _parser, main
from attune.commands import run, serve
from attune.commands.checks import keys, postgres

SAFE = "postgres://attune:x@db.example.org/attune?sslmode=verify-full"


def faults(monkeypatch: pytest.MonkeyPatch, **chosen: str) -> list[str]:
    """What the doctor says of these databases."""
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, **chosen))
    return list(postgres.elsewhere())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres://attune@db.example.org/attune?sslmode=require", ["without a password"]),
        ("postgres://attune:x@db.example.org/attune", ["in clear"]),
        ("postgres://attune:x@10.0.0.5/attune?sslmode=prefer", ["in clear"]),
        ("postgres://attune@db.example.org/attune?sslmode=disable", ["without a password", "in clear"]),
        (SAFE, []),
        ("postgres://attune@localhost/attune", []),
        ("postgres://attune@127.0.0.1:5432/attune", []),
        ("postgres://attune@%2Fvar%2Frun%2Fpostgresql/attune", []),
        ("sqlite:////srv/attune/attune.sqlite3", []),
    ],
)
@pytest.mark.parametrize("name", ["database_url", "vault_database_url"])
def test_a_database_on_another_machine(monkeypatch: pytest.MonkeyPatch, name: str, url: str, said: list[str]) -> None:
    safe = {"database_url": SAFE, "vault_database_url": SAFE}
    found = faults(monkeypatch, **safe | {name: url})
    assert [fault.startswith(f"{name.upper()} ") for fault in found] == [True] * len(said)
    assert [words in fault for words, fault in zip(said, found, strict=True)] == [True] * len(said)
    assert "x@" not in "".join(found), "a password is not repeated"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "attune.example.org"])
def test_plain_http_for_others(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(serve, "list_faults", list)
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, url="http://attune.example.org"))
    with pytest.raises(Misconfigured, match=r"plain HTTP.*proxy with TLS"):
        serve.serve(host, 8000)
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, url="https://attune.example.org"))
    serve.check_not_in_clear(host)


def create() -> None:
    """Begin a clinic."""
    run(_parser().parse_args(["clinic", "create", "--name", "A practice", "--zone", "Europe/London"]))


def test_a_clinic_without_a_master_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, home=tmp_path, master_key=None))
    with pytest.raises(Misconfigured, match="needs a master key"):
        create()


def test_a_new_key_into_the_file_that_is_to_hold_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shell empties the file before the command begins, so that it cannot be asked for a key that is not there."""
    (tmp_path / "master.key").touch()
    monkeypatch.setenv("ATTUNE_MASTER_KEY_FILE", str(tmp_path / "master.key"))
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    assert main(["new-key"]) == 0
    assert len(b64decode(capsys.readouterr().out)) == 32
    assert not (tmp_path / "home").exists()


def test_a_master_key_beside_what_it_opens(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    beside = replace(settings.ATTUNE, home=tmp_path, master_key_file=tmp_path / "master.key")
    monkeypatch.setattr(settings, "ATTUNE", beside)
    with pytest.raises(Misconfigured, match="move the file elsewhere"):
        create()
    assert keys.KEY_AT_HOME in list(keys.master())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_plain_http_on_this_machine_alone(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, url="http://localhost:8000"))
    serve.check_not_in_clear(host)
