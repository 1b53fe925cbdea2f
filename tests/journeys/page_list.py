"""Which pages there are, by their templates, and which of them were drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.test.signals import template_rendered

import attune


def page_templates() -> set[str]:
    """Every template that is a page: one that fills a layout."""
    found = set()
    for folder in Path(attune.__file__).parent.rglob("templates"):
        files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
        found |= {name for name, text in files.items() if "{% extends" in text}
    return {name for name in found if not name.startswith("layouts/") and not name.endswith("/page.html")}


@contextmanager
def drawn() -> Iterator[set[str]]:
    """The names of all templates that are drawn meanwhile, by whichever server of this process."""
    names: set[str] = set()

    def draws(template: Any, **_: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(draws)
    yield names
    template_rendered.disconnect(draws)
