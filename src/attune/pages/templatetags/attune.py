"""The components as template tags: `{% load attune %}`. Those with content end with `end` and their name.

Tags for things with many parts take keywords, named as the fields of `Line`, `Choices`, `Entry` and `Basis`.
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from attune.pages.components import forms, reading, scale

register = template.Library()

register.simple_tag(reading.said)
register.simple_tag(reading.tag)
register.simple_tag(reading.sure)
register.simple_tag(reading.why)
register.simple_tag(forms.refused)
register.simple_block_tag(reading.tell)
register.simple_block_tag(reading.nothing)


@register.simple_tag(name="scale")
def scale_tag(**line: Any) -> SafeString:
    """`{% scale name="presence" legend=… n=1 total=8 checked=… %}`."""
    return scale.scale(scale.Line(**line))


@register.simple_tag(name="choices")
def choices_tag(**group: Any) -> SafeString:
    """`{% choices name="hurt" legend=… options=… checked=… opens="small yes" %}`."""
    return forms.choices(forms.Choices(**group))


@register.simple_tag(name="words")
def words_tag(**entry: Any) -> SafeString:
    """`{% words name="more" label=… value=… maxlength=2000 %}`."""
    return forms.words(forms.Entry(**entry))


@register.simple_tag(name="field")
def field_tag(**entry: Any) -> SafeString:
    """`{% field name="email" label=… kind="email" autocomplete="username" required=True %}`."""
    return forms.field(forms.Entry(**entry))


@register.simple_block_tag(name="reading")
def reading_tag(content: str, **basis: Any) -> SafeString:
    """`{% reading degree="fair" how=… about=… show=url words=… %}sentences{% endreading %}`."""
    return reading.reading(content, reading.Basis(**basis))
