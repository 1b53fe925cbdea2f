"""The command `attune`: every word of it, and what each does."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from attune.base.errors import AttuneError
from attune.commands import new_key
from attune_science import cli as science


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when something was found, 2 when it was refused."""
    words = _parser().parse_args(argv)
    os.umask(0o077)  # whatever is written is the operator's alone
    if words.command in science.WORDS:
        return science.run(words)  # needs neither a home nor keys
    if words.command == "new-key":
        return new_key.run(words)  # nor may it, while the file that it is written to is still empty
    if "port" in words:
        os.environ.setdefault("ATTUNE_URL", f"http://localhost:{words.port}")
    try:
        from attune.commands.home import prepare_home

        prepare_home(Path(os.environ.get("ATTUNE_HOME") or "var"), demo=words.command == "demo")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attune.settings")
        import django

        django.setup()
        from attune.commands import run

        return run(words)
    except AttuneError as problem:
        print(f"attune: {problem.sentence}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _parser() -> science.Parser:
    parser = science.Parser(prog="attune", description="Attune: see README for the first steps.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="open the product with made-up people, on this machine only")
    demo.add_argument("--no-serve", action="store_true", help="make the demo and stop")
    demo.add_argument("--fresh", action="store_true", help="throw the demo's data away and make it anew, for today")
    _port(demo)
    _no_worker(demo)
    serve = commands.add_parser("serve", help="open the product")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    _port(serve)
    _no_worker(serve)
    worker = commands.add_parser(
        "worker", help="delete what has had its time, every few minutes; `serve` starts one itself"
    )
    worker.add_argument("--minded-by", type=int, metavar="PID", help="stop when this process is gone")
    commands.add_parser("migrate", help="bring both databases up to this program")
    commands.add_parser("doctor", help="look at the set-up and say what is wrong with it")
    commands.add_parser("new-key", help="print a new master key")
    commands.add_parser("rotate-master", help="wrap every key by the new master key (see ATTUNE_MASTER_KEY_OLD)")
    _audit(commands.add_parser("audit", help="look at the chain of events"))
    _clinic(commands.add_parser("clinic", help="begin a clinic"))
    _person(commands.add_parser("invite-operator", help="let the first operator in; prints a link"))
    _staff(commands.add_parser("staff", help="let somebody who works here sign in"))
    science.add_words(commands)
    return parser


def _port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8000, help="port to listen at (default: 8000)")


def _no_worker(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-worker", action="store_true", help="start no worker: run `attune worker` beside it")


def _audit(command: argparse.ArgumentParser) -> None:
    what = command.add_subparsers(dest="what", required=True, metavar="WHAT")
    verify = what.add_parser("verify", help="say whether the chain is whole, or which row was tampered with")
    verify.add_argument("--head", help="a head kept elsewhere (SEQ:HASH): finds a tail that was cut off, too")
    what.add_parser("head", help="print the head of the chain, to be kept elsewhere")
    what.add_parser("clock-is-right", help="note that the clock was looked at, after it ran ahead")


def _clinic(command: argparse.ArgumentParser) -> None:
    what = command.add_subparsers(dest="what", required=True, metavar="WHAT")
    create = what.add_parser("create", help="begin this clinic; needs ATTUNE_MASTER_KEY or ATTUNE_MASTER_KEY_FILE")
    create.add_argument("--name", required=True)
    create.add_argument("--zone", required=True, help="time zone, such as Europe/London")


def _staff(command: argparse.ArgumentParser) -> None:
    what = command.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = what.add_parser("add", help="enter a colleague; prints the link by which they set their password")
    _person(add)
    add.add_argument("--role", required=True, choices=["therapist", "supervisor", "operator"])
    link = what.add_parser("link", help="print a new link for somebody who is here already")
    link.add_argument("--email", required=True)
    link.add_argument("--forget-factors", action="store_true", help="their phone is lost, and their recovery codes too")


def _person(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", required=True)
    command.add_argument("--email", required=True)
    command.add_argument("--pronouns", default="they", choices=["she", "he", "they"])


if __name__ == "__main__":
    sys.exit(main())
