"""A real server: tokens of links stand in no log and in no file, whatever was sent with them (G-SES S1)."""

import socket
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.ledger import what_is_sent
from support.servers import House, house_on, serving

#: So much of a token is looked for: a log may cut a line short.
SHOWN = 20
HEAD = "Host: localhost\r\nConnection: close\r\n\r\n"


def asked(
    house: House, method: str, address: str, fields: dict[str, str] | None = None, host: str = "localhost"
) -> int:
    with closing(HTTPConnection("127.0.0.1", house.port, timeout=60)) as asking:
        headers = {"Host": host} | ({"Content-Type": "application/x-www-form-urlencoded"} if fields else {})
        asking.request(method, address, urlencode(fields) if fields else None, headers)
        return asking.getresponse().status


def sent_raw(house: House, text: str) -> str:
    """As no browser would: the first line of what comes back."""
    with closing(socket.create_connection(("127.0.0.1", house.port), timeout=60)) as asking:
        asking.sendall(text.encode())
        return asking.recv(4096).decode("latin-1").split("\r\n")[0]


def knock(house: House, address: str) -> None:
    """By every way that somebody may come with a link, the broken ones too."""
    for method in ("HEAD", "GET", "POST", "PUT"):
        asked(house, method, address, what_is_sent(1) if method == "POST" else None)
    asked(house, "GET", f"{address}received/?again={address}")
    asked(house, "GET", address.rstrip("/"))
    assert asked(house, "GET", address, host="elsewhere.example") == 400
    broken = [
        sent_raw(house, f"GET {address} HTTP/9.9\r\n{HEAD}"),
        sent_raw(house, f"GET {address} and more HTTP/1.1\r\n{HEAD}"),
        sent_raw(house, f"g{{t {address} HTTP/1.1\r\n{HEAD}"),
        sent_raw(house, f"GET {address}{'x' * 9000} HTTP/1.1\r\n{HEAD}"),
        sent_raw(house, f"GET {address} HTTP/1.1\r\nReferer {address}\r\n{HEAD}"),
        sent_raw(house, f"GET {address} HTTP/1.1\r\nReferer: {address}{'x' * 9000}\r\n{HEAD}"),
    ]
    assert all(" 4" in line or " 5" in line for line in broken), broken


def found_in(folder: Path, words: list[str]) -> list[str]:
    """Every file below that holds one of these, by what it is called."""
    held = [word.encode() for word in words]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(word in text for text in [path.read_bytes()] for word in held)
    ]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.deep)])
def test_no_token_is_written_down(kind: str, tmp_path: Path) -> None:
    with house_on(kind, tmp_path) as (house, database):
        tokens = house.ask("links", 2, 1)
        entry, wrong = house.ask("entry"), "wrong-" + "0123456789" * 4
        with serving(house):
            for token in (*tokens, wrong):
                knock(house, f"/c/{token}/")
            for token in (entry, wrong):
                knock(house, f"/welcome/{token}/")
            assert asked(house, "GET", f"/c/{tokens[0]}/") == 200
        folders = [house.folder] if database is None else [house.folder, database.data.parent]
        if database is not None:
            database.stop()
        secrets = [token[:SHOWN] for token in (*tokens, entry, wrong)]
        assert [name for folder in folders for name in found_in(folder, secrets)] == []
        hashes = [sha256(token.encode()).hexdigest() for token in tokens]
        assert [name for folder in folders for name in found_in(folder, hashes)], "what is kept is found"
        log = (house.folder / "serve.log").read_text()
    assert "A request could not be read." in log
    assert "127.0.0.1" not in log.replace("http://localhost", "")
