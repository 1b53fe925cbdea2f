"""`attune serve`: the product, by gunicorn. One process on SQLite (one writer), two on PostgreSQL."""

import gc
import socket
from argparse import Namespace
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from attune.base.errors import Misconfigured
from attune.commands.checks.postgres import is_here
from attune.commands.doctor import list_faults
from attune.commands.migrate import migrate
from attune.commands.minding import MindingArbiter
from attune.commands.serve_log import ServeLog
from attune.people.readers import get_installation

#: Workers × threads: SQLite has one writer at a time anyway.
_SIZE = {"sqlite": (1, 8), "postgresql": (2, 4)}


def run(words: Namespace) -> int:
    """Migrate, look at the set-up, open the doors."""
    migrate()
    get_installation()
    serve(words.host, words.port, worker=not words.no_worker)
    return 0


def serve(host: str, port: int, *, worker: bool = True) -> None:
    """Listen until stopped, with a `worker` beside it. Refuses a set-up that the doctor calls unsafe, a port in use."""
    faults = list_faults()
    if faults:
        raise Misconfigured(" ".join(faults))
    check_not_in_clear(host)
    check_port_free(host, port)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    print(f"Attune is open at {settings.ATTUNE.url}  (stop it with Ctrl-C)", flush=True)
    server = _Server(host, port)
    (MindingArbiter if worker else Arbiter)(server).run()


def check_not_in_clear(host: str) -> None:
    """Raises `Misconfigured` when others could come in by plain HTTP: passwords and answers would pass in clear."""
    if not is_here(host) and not settings.ATTUNE.url.startswith("https://"):
        raise Misconfigured(
            f"Others could reach {host} by plain HTTP: put a proxy with TLS before Attune and set ATTUNE_URL to its "
            "https:// address, or listen on 127.0.0.1."
        )


def check_port_free(host: str, port: int) -> None:
    """Raises `Misconfigured` when somebody listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Misconfigured(
                f"Port {port} is in use on {host}: choose another with --port (make demo PORT=…)."
            ) from problem


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    def __init__(self, host: str, port: int) -> None:
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        workers, threads = _SIZE[connections["default"].vendor]
        chosen = {
            "bind": self.address,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "loglevel": "warning",
            "accesslog": None,  # addresses of invitations are secrets
            "logger_class": ServeLog,  # nor are they told where a request cannot be read
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from attune.wsgi import application  # made here, in the process that serves

        get_resolver().url_patterns  # noqa: B018 - the pages are loaded now, before the heap is frozen
        # What was loaded stays for good: the collector need not walk it for every page (measured: a tenth of its CPU).
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        return application
