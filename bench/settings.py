"""The product's settings, and one page more: a signed-in page with nothing on it, to compare the brief with."""

from pathlib import Path

from attune.settings import *  # noqa: F403 - whatever the product says
from attune.settings import TEMPLATES

ROOT_URLCONF = "bench.addresses"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent]
