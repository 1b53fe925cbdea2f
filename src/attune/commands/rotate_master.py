"""`attune rotate-master`: every owner's key is wrapped anew. Can be stopped and started again."""

from argparse import Namespace

from django.conf import settings

from attune.base.errors import Misconfigured
from attune.vault.rotation import rotate_master


def run(words: Namespace) -> int:
    """Rewrap what the old master wrapped."""
    old, new = settings.ATTUNE.master_key_old, settings.ATTUNE.master_key
    if old is None or new is None:
        raise Misconfigured("Set ATTUNE_MASTER_KEY to the new key and ATTUNE_MASTER_KEY_OLD to the one before it.")
    print(f"{rotate_master(old, new)} keys are wrapped by the new master key. ATTUNE_MASTER_KEY_OLD can go now.")
    return 0
