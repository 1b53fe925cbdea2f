"""`{% load measures %}`: what a response's questionnaire is called."""

from django import template

from attune.insight.evidence import CHECKINS
from attune.insight.measures import short_name

register = template.Library()

register.filter("short_name", short_name)


@register.filter
def is_questionnaire(instrument: str) -> bool:
    """Whether it is one, and not the check-in's own part."""
    return instrument not in CHECKINS
