"""The way in for a server."""

import os

from django.core.wsgi import get_wsgi_application

from attune.doors.alphabet import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attune.settings")
application = in_utf8(get_wsgi_application())
