"""A spec writes its own page of docs/methods: `pytest tests/spec --write-docs`; otherwise the two must agree."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SPECS = Path(__file__).parent
PAGES = SPECS.parents[1] / "docs" / "methods"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-docs", action="store_true", help="write docs/methods from the specs")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "spec_file" in metafunc.fixturenames:
        metafunc.parametrize("spec_file", sorted(SPECS.glob("test_spec_*.py")), ids=lambda path: path.stem)


@pytest.fixture
def written(spec_file: Path, request: pytest.FixtureRequest) -> Path:
    """The page of a spec, written anew first when that was asked for."""
    page = PAGES / f"{spec_file.stem.removeprefix('test_spec_').replace('_', '-')}.md"
    # Registered only where this file is loaded before the command line is read.
    if request.config.getoption("--write-docs", default=False):
        PAGES.mkdir(parents=True, exist_ok=True)
        page.write_text(text_of(spec_file), "utf-8")
    return page


@pytest.fixture
def expected(spec_file: Path) -> str:
    return text_of(spec_file)


def text_of(spec_file: Path) -> str:
    """A spec as a page: its title and text, then each test's title, text and table of worked examples."""
    module = ast.parse(spec_file.read_text("utf-8"))
    parts = [f"# {_doc(module)}"]
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            parts += [f"## {_doc(node)}", *_tables(node)]
    parts.append(f"*Written by `tests/spec/{spec_file.name}`, which fails when this page no longer holds.*")
    return "\n\n".join(parts) + "\n"


def _doc(node: ast.Module | ast.FunctionDef) -> str:
    doc = ast.get_docstring(node)
    assert "\n\n" in (doc or ""), f"{getattr(node, 'name', 'the spec')} needs a title, an empty line and a text"
    return doc or ""


def _tables(node: ast.FunctionDef) -> Iterator[str]:
    """What `parametrize` runs is what the reader sees: first its names, then a line an example."""
    for mark in node.decorator_list:
        assert isinstance(mark, ast.Call), "a spec is decorated with parametrize alone"
        names, rows = (ast.literal_eval(argument) for argument in mark.args)
        head = [name.replace("_", " ") for name in names]
        yield "\n".join(_row(cells) for cells in (head, ["---"] * len(head), *rows))


def _row(cells: list[object] | tuple[object, ...]) -> str:
    said = {None: "–", True: "yes", False: "no"}
    # Asked by type: the numbers 1 and 0 are not yes and no.
    words = (said[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in cells)
    return "| " + " | ".join(words) + " |"
