"""The forms that a page shows: where each leads, and every field with what may stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

#: Of one name, one is sent: the marks of a choice, and the buttons that say what is done.
ONE_OF = ("radio", "button")


@dataclass
class Field:
    """One field: its kind, what stands in it, and what may be chosen (nothing: whatever somebody types)."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    least: str = ""
    most: str = ""


@dataclass(frozen=True)
class Form:
    """Where it leads, and its fields in their order."""

    address: str
    fields: tuple[Field, ...]
    with_files: bool = False

    @property
    def names(self) -> set[str]:
        return {one.name for one in self.fields}


def forms_of(page: str, address: str) -> list[Form]:
    """Every form that sends by POST; a button that leads elsewhere makes another of the same fields."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.page = address
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.fields: list[Field] = []
        self.elsewhere: list[str] = []
        self.within: Field | None = None  # the text or the options that come belong to it
        self.text_is_value = False  # an option that names no value is its text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("method", "").lower() == "post":
            self.form = Form(self._path(has.get("action", "")), (), "multipart" in has.get("enctype", ""))
            self.fields, self.elsewhere = [], []
        elif self.form is not None and tag in ("input", "select", "textarea", "button"):
            self._field(tag, has)
        elif self.within is not None and tag == "option":
            self.within.options.append(has.get("value", ""))
            self.text_is_value = "value" not in has
            if "selected" in has:
                self.within.value = has.get("value", "")

    def _field(self, tag: str, has: dict[str, str]) -> None:
        if "formaction" in has:
            self.elsewhere.append(self._path(has["formaction"]))
        if not has.get("name"):
            return
        kind = has.get("type", "text") if tag == "input" else tag
        one = self._one_of(has["name"], kind)
        if kind in ONE_OF:
            one.options.append(has.get("value", ""))
        elif tag == "input":
            one.value, one.least, one.most = has.get("value", ""), has.get("min", ""), has.get("max", "")
        self.within = one if tag in ("select", "textarea") else None

    def _one_of(self, name: str, kind: str) -> Field:
        known = [one for one in self.fields if one.name == name and one.kind == kind and kind in ONE_OF]
        if not known:
            self.fields.append(Field(name, kind))
        return known[0] if known else self.fields[-1]

    def handle_data(self, data: str) -> None:
        if self.within is not None and self.within.kind == "textarea":
            self.within.value += data
        elif self.within is not None and self.within.options and self.text_is_value:
            self.within.options[-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if self.within is not None and tag == self.within.kind:
            self.within.value = self.within.value.removeprefix("\n")  # no browser counts the first
            self.within = None
        elif tag == "form" and self.form is not None:
            self.forms += self._finished(replace(self.form, fields=tuple(self.fields)))
            self.form = None

    def _finished(self, form: Form) -> Iterator[Form]:
        yield form
        yield from (replace(form, address=address) for address in self.elsewhere)

    def _path(self, action: str) -> str:
        return urlsplit(urljoin(self.page, action)).path
