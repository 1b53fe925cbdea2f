"""Every field has a class, every sealed row an owner, and keys point downwards only."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from attune.base.rows import FieldClass, class_of
from attune.vault.sealed import Sealed

PACKAGES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("packages.toml").read_text(encoding="utf-8")
)
#: From below: whoever stands higher may point at what stands lower, or at its own.
APPS = ("vault", "audit", "people", "notices", "care", "transcripts")
#: The nouns of the record, from below; those of one line do not know each other's tables.
NOUNS = (
    {"episodes"},
    {"schedule"},
    {"questionnaires"},
    {"checkins", "consent", "notes", "sending", "summaries"},
    {"signals", "feedback", "autonomy", "safety", "messages"},
)


def is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("attune.")


OURS = [model for model in apps.get_models() if is_ours(model)]
THEIRS = [model for model in apps.get_models() if not is_ours(model)]


def own_fields(model: type[Model]) -> list[Field]:  # type: ignore[type-arg]  # of any column
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def app_of(model: type[Model]) -> int:
    return APPS.index(model._meta.app_label)


def noun_of(model: type[Model]) -> str:
    return model.__module__.split(".")[2]


def height_of(noun: str) -> int:
    return next(height for height, nouns in enumerate(NOUNS) if noun in nouns)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_of_ours_has_a_class(model: type[Model]) -> None:
    inherited = [field for parent in model._meta.get_parent_list() for field in own_fields(parent)]
    names = [field.name for field in (*inherited, *own_fields(model))]
    assert [name for name in names if class_of(model, name) is None] == []
    listed = [name for names in model.field_classes.values() for name in names.split()]  # type: ignore[attr-defined]
    assert len(listed) == len(set(listed)), "a field has one class"
    assert set(listed) <= set(names), "a class is given to a field that is not there"


def test_a_field_without_a_class_is_found() -> None:
    assert class_of(OURS[0], "invented") is None


def test_every_table_of_a_package_is_classified() -> None:
    assert set(PACKAGES) == {model._meta.label for model in THEIRS}
    for model in THEIRS:
        classes = PACKAGES[model._meta.label]
        assert set(classes) <= set(FieldClass)
        names = [name for listed in classes.values() for name in listed.split()]
        assert sorted(names) == sorted(field.name for field in own_fields(model) if field.name != "id")


def test_no_other_table_stands_in_the_databases(db: None) -> None:
    from django.db import connections

    known = {table for alias in connections for table in connections[alias].introspection.django_table_names()}
    known.add("django_migrations")
    for alias in connections:
        assert set(connections[alias].introspection.table_names()) <= known


def test_whatever_is_sealed_has_an_owner_and_a_label_of_its_own() -> None:
    sealed = [(model, field) for model in OURS for field in own_fields(model) if isinstance(field, Sealed)]
    assert sealed
    assert all(callable(getattr(model, "seal_owner", None)) for model, _ in sealed)
    labels = [field.label for _, field in sealed]
    assert len(labels) == len(set(labels))
    assert all(class_of(model, field.name) != FieldClass.OPERATIONAL for model, field in sealed)


def arrows() -> list[tuple[type[Model], type[Model]]]:
    """Every foreign key, from the model that has it to the one it points at."""
    return [
        (model, field.remote_field.model)
        for model in OURS
        for field in own_fields(model)
        if field.remote_field is not None and field.remote_field.model is not model
    ]


def test_keys_point_downwards_between_apps() -> None:
    turned = [(a, b) for a, b in arrows() if not is_ours(b) or app_of(a) < app_of(b)]
    assert turned == []


def test_keys_point_downwards_inside_the_record() -> None:
    inside = [(noun_of(a), noun_of(b)) for a, b in arrows() if a._meta.app_label == b._meta.app_label == "care"]
    assert {noun for pair in inside for noun in pair} == set().union(*NOUNS)
    assert [(a, b) for a, b in inside if a != b and height_of(a) <= height_of(b)] == []


def test_the_record_points_at_nothing_of_the_vault() -> None:
    """They are two databases: a key between them could not be kept."""
    assert not [
        pair for pair in arrows() if (pair[0]._meta.app_label == "vault") != (pair[1]._meta.app_label == "vault")
    ]
