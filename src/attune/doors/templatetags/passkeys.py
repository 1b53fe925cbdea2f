"""What the script for passkeys is handed: in an attribute, since nothing may stand inline."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The challenge as the browser reads it; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
