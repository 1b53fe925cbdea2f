"""What somebody sends never chooses a column, a way of comparing, or a piece of SQL.

A name that comes from outside in `filter(**…)`, `order_by(…)` or `Q(_connector=…)` has been the way in, time after
time. So here the names stand in the code, as they are; where they do not, the place is listed below with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
#: Take names of columns, one after the other.
BY_NAME = {
    *("order_by", "values", "values_list", "only", "defer", "distinct", "latest", "earliest", "dates", "datetimes"),
    *("select_related", "prefetch_related", "F", "OuterRef", "Prefetch"),
}
#: Of these names, those that stand alone; all others are asked of rows.
ALONE = {"F", "OuterRef", "Prefetch", "Q", "When", "RawSQL"}
#: Take names as keywords: `**` would hand on whatever stands in it.
BY_KEYWORD = {
    *("filter", "exclude", "get", "annotate", "alias", "aggregate", "update", "create", "Q", "When"),
    *("get_or_create", "update_or_create", "aget", "afilter", "in_bulk"),
}
#: SQL by hand, wherever it comes from.
BY_HAND = {"extra", "raw", "RawSQL"}
EXECUTES = {"execute", "executemany", "executescript"}

#: Where the names do not stand in the call, and why nobody outside chooses them.
KNOWN = {
    "attune/audit/triggers.py installed_triggers execute": "one of two constants, by database",
    "attune/audit/triggers.py reinstall execute": "our own triggers and tables, from constants of that file",
    "attune/audit/verify.py _fetch execute": "constants of that file, filled in by which database it is",
    "attune/care/checkins/actions.py invite create": "five names, in a dict of that file",
    "attune/care/checkins/readers.py was_answered filter": "`session` or `appointment`, written out by its callers",
    "attune/care/workflows/due.py list_asked values_list": "names in a tuple of that function",
    "attune/insight/rows.py list_responses only": "a constant of that file",
    "attune/insight/timeline.py _list_responses only": "a constant of that file",
    "attune/people/memory.py add update": "two names, in a dict of that function",
    "attune/transcripts/actions.py _set update": "two names, in dicts of its two callers",
    "attune/vault/sealed.py _stored values_list": "the names of a model’s own sealed fields",
}


def places(tree: ast.AST, path: str) -> Iterator[str]:
    """Every call in which a name, or SQL, is not written out: file, function, call."""
    for function, call in _calls(tree, ""):
        name = _name(call)
        if (
            name in BY_HAND
            or (name in BY_NAME and not all(map(_is_written, call.args)))
            or (name in BY_NAME | BY_KEYWORD and any(keyword.arg is None for keyword in call.keywords))
            or (name in EXECUTES and not (call.args and isinstance(call.args[0], ast.Constant)))
            or any(keyword.arg == "_connector" for keyword in call.keywords)
        ):
            yield f"{path} {function} {name}"


def _calls(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield function, child
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _calls(child, child.name if named else function)


def _name(call: ast.Call) -> str:
    """What is called; a function of ours that only happens to be called like a method of rows is none."""
    alone = getattr(call.func, "id", "")
    return alone if alone in ALONE else getattr(call.func, "attr", "")


def _is_written(argument: ast.expr) -> bool:
    """A name as it stands; or a call, which is looked at by itself where it takes names."""
    return isinstance(argument, ast.Constant | ast.Call)


@pytest.fixture(scope="module")
def found() -> list[str]:
    files = sorted(SRC.rglob("*.py"))
    assert len(files) > 100
    return [
        place
        for path in files
        for place in places(ast.parse(path.read_text(encoding="utf-8")), str(path.relative_to(SRC)))
    ]


def test_no_name_of_a_column_comes_from_outside(found: list[str]) -> None:
    assert [place for place in found if place not in KNOWN] == []


def test_what_is_listed_is_there(found: list[str]) -> None:
    assert set(KNOWN) - set(found) == set()


@pytest.mark.parametrize(
    "line",
    [
        "rows.filter(**request.GET.dict())",
        "rows.exclude(**sent)",
        "rows.get(**{name: 1})",
        "rows.order_by(request.GET['order'])",
        "rows.order_by(*order)",
        "rows.order_by(f'-{name}')",
        "rows.values(*names)",
        "rows.values_list(name, flat=True)",
        "rows.annotate(**sent)",
        "rows.alias(**sent)",
        "rows.aggregate(**sent)",
        "rows.update(**sent)",
        "Model.objects.create(**sent)",
        "rows.filter(Q(**sent))",
        "Q(a=1, _connector=word)",
        "rows.order_by(F(name).desc())",
        "rows.extra(where=['1=1'])",
        "Model.objects.raw('SELECT 1')",
        "rows.annotate(x=RawSQL('1', []))",
        "cursor.execute(f'SELECT {name}')",
        "cursor.execute('SELECT %s' % name)",
        "cursor.execute('SELECT {}'.join(name))",
        "cursor.executemany(sql, rows)",
    ],
)
def test_the_search_finds_what_it_should(line: str) -> None:
    assert list(places(ast.parse(f"def page():\n    return {line}\n"), "x.py"))


def test_the_search_lets_pass_what_is_written_out() -> None:
    fine = (
        "rows.filter(name=sent, place__in=many).order_by('-since', 'id').values_list('id', flat=True)",
        "sent.get('name', '')",
        "rows.filter(Q(a=1) | Q(b=2)).annotate(n=Count('id')).order_by(F('n').desc())",
        "cursor.execute('SELECT 1 WHERE a = %s', [sent])",
    )
    assert [line for line in fine if list(places(ast.parse(line), "x.py"))] == []
