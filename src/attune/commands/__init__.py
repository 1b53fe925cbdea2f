"""The commands, a file each. They stand on top of everything and are known to nobody."""

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module


def run(words: Namespace) -> int:
    """Run the command that was asked for."""
    module = import_module(f"attune.commands.{words.command.replace('-', '_')}")
    command: Callable[[Namespace], int] = module.run
    return command(words)
