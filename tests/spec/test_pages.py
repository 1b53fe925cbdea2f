"""The pages of docs/methods say what the specs say."""

from pathlib import Path

import pytest


def test_the_page_says_what_the_spec_says(written: Path, expected: str) -> None:
    assert written.is_file(), f"{written.name} is missing: run `make docs`"
    assert written.read_text("utf-8") == expected, f"{written.name} is older than its spec: run `make docs`"


def test_every_page_has_a_spec(request: pytest.FixtureRequest) -> None:
    root = request.path.parents[2]
    specs = {path.stem.removeprefix("test_spec_").replace("_", "-") for path in request.path.parent.glob("test_spec_*")}
    assert {page.stem for page in (root / "docs" / "methods").glob("*.md")} == specs
