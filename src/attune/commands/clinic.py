"""`attune clinic create`: a clinic begins."""

from argparse import Namespace
from importlib.metadata import version

from django.conf import settings

from attune.base import clock
from attune.base.errors import Misconfigured
from attune.commands.checks.keys import KEY_AT_HOME
from attune.commands.migrate import migrate
from attune.environment import DEMO_MASTER_FILE
from attune.people.actions import begin_installation
from attune.people.viewers import MACHINE


def run(words: Namespace) -> int:
    """Write once that this is a clinic. Needs a master key from outside ATTUNE_HOME."""
    if settings.ATTUNE.master_key is None or (settings.ATTUNE.home / DEMO_MASTER_FILE).exists():
        raise Misconfigured(
            "A clinic needs a master key that does not lie in ATTUNE_HOME: make one with `attune new-key`, keep it in "
            "a file elsewhere, name that file in ATTUNE_MASTER_KEY_FILE, and choose an ATTUNE_HOME that is no demo's."
        )
    if settings.ATTUNE.key_lies_at_home:
        raise Misconfigured(KEY_AT_HOME)
    migrate()
    begin_installation(
        kind="clinic", name=words.name, zone=words.zone, version=version("attune-therapy"), by=MACHINE, at=clock.now()
    )
    print("The clinic has begun. Next: attune serve, and attune invite-operator --name … --email …")
    return 0
