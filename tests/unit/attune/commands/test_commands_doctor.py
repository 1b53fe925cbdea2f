"""`attune doctor` finds what is unsafe, on real files and real connections, and says what to do."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from support.cast import make_cast
from support.guard import lifted, reinstall

from attune.commands import doctor
