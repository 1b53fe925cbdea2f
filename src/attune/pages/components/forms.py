"""What else a person answers with: choices, entries, own words, and the list of what could not be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from attune.pages.components.scale import described_by, notes


@dataclass(frozen=True)
class Choices:
    """A few answers of which one is chosen. `opens` names the values, apart by spaces, that open the branch beneath.

    The branch is any `<div class="branch">` that follows at once. What was typed in it is sent even when it is
    closed again: whoever receives the form must look at the answer first.
    """

    name: str
    legend: str
    options: Iterable[tuple[str, str]]
    checked: str | None = None
    opens: str = ""
    hint: str = ""
    error: str = ""
    across: bool = False
    small: bool = False
    voice: str = "client"


@dataclass(frozen=True)
class Entry:
    """One thing typed: a single line (`field`) or a person's own words (`words`). `keys`: which keys a phone offers."""

    name: str
    label: str
    value: str | None = ""
    hint: str = ""
    error: str = ""
    kind: str = "text"
    keys: str = ""
    autocomplete: str = ""
    required: bool = False
    maxlength: int = 0
    rows: int = 2
    large: bool = False


def choices(group: Choices) -> SafeString:
    """A field set of radios in rows, or side by side. The first has the group's name as id."""
    return format_html(
        '<fieldset class="choice-group of-{}{}"{}><legend{}>{}</legend>{}<div class="choices{}">{}</div></fieldset>',
        group.voice,
        SafeString(" opens" if group.opens else ""),
        described_by(group.name, group.hint, group.error),
        SafeString(' class="label"' if group.small else ""),
        group.legend,
        notes(group.name, group.hint, group.error),
        SafeString(" across" if group.across else ""),
        _options(group),
    )


def _options(group: Choices) -> SafeString:
    opens = group.opens.split()
    return format_html_join(
        "",
        '<label class="choice"><input type="radio" name="{}" value="{}"{}{}{}>{}</label>',
        (
            (
                group.name,
                value,
                format_html(' id="{}"', group.name) if place == 0 else "",
                SafeString(' class="opener"' if value in opens else ""),
                SafeString(" checked" if value == group.checked else ""),
                label,
            )
            for place, (value, label) in enumerate(group.options)
        ),
    )


def words(entry: Entry) -> SafeString:
    """A person's own words, on ruled lines. The direction of writing follows what is typed."""
    control = format_html(
        '<textarea class="words" id="{0}" name="{0}" rows="{1}" dir="auto"{2}>\n{3}</textarea>',
        entry.name,
        entry.rows,
        _attributes(entry),
        entry.value or "",
    )
    return _labelled(entry, control)


def field(entry: Entry) -> SafeString:
    """A single line to fill in. A password is never sent back."""
    control = format_html(
        '<input class="input" id="{0}" name="{0}" type="{1}" value="{2}"{3}>',
        entry.name,
        entry.kind,
        "" if entry.kind == "password" else entry.value or "",
        _attributes(entry),
    )
    return _labelled(entry, control)


def refused(errors: Mapping[str, str]) -> SafeString:
    """At the head of a form that could not be taken: what to look at, each linked to its field. Takes the focus."""
    if not errors:
        return SafeString("")
    return format_html(
        '<div class="tell" role="group" aria-labelledby="refused" tabindex="-1" autofocus>'
        '<h2 class="title" id="refused">{}</h2><p>{}</p><ul>{}</ul></div>',
        gettext("Please look at this again"),
        gettext("Nothing has been kept yet, and nothing you typed is lost."),
        format_html_join("", '<li><a href="#{}">{}</a></li>', errors.items()),
    )


def _labelled(entry: Entry, control: SafeString) -> SafeString:
    return format_html(
        '<div class="field"><label for="{}"{}>{}</label>{}{}{}</div>',
        entry.name,
        SafeString(' class="lead"' if entry.large else ""),
        entry.label,
        notes(entry.name, entry.hint, ""),
        control,
        notes(entry.name, "", entry.error),
    )


def _attributes(entry: Entry) -> SafeString:
    given = {"maxlength": entry.maxlength, "autocomplete": entry.autocomplete, "inputmode": entry.keys}
    flags = (" required" if entry.required else "") + (' aria-invalid="true"' if entry.error else "")
    return (
        format_html_join("", ' {}="{}"', ((name, value) for name, value in given.items() if value))
        + SafeString(flags)
        + described_by(entry.name, entry.hint, entry.error)
    )
