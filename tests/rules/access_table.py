"""The access table, and every route there is: for the test of the table, and whatever else goes from door to door."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from access_world import ONE_FACTOR, World
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse

import attune.urls
from attune.doors.entrance import demo_urls

TABLE: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("access.toml").read_text(encoding="utf-8"))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = ("anonymous", "client", "account", "therapist", "supervisor", "operator", "none", ONE_FACTOR)
#: Doors at which whoever has not signed in is led to the sign-in.
STAFF = ("desk:", "office:")
TO_SIGN_IN = tuple(f"/sign-in/?next=/{door}/" for door in ("desk", "office", "account", "my"))
PASSES, CLOSED = {200, 302, 422}, {409, 410}
WITH_DEMO = ModuleType("with_demo")
WITH_DEMO.__dict__.update(
    urlpatterns=[*attune.urls.urlpatterns, path("demo/", include("attune.doors.entrance.demo_urls"))],
    handler404=attune.urls.handler404,
)

Arguments = dict[str, tuple[str, ...]]


def routes(patterns: Any, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every route by its name, with the names of what its address is filled with."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            assert isinstance(one, URLPattern)
            yield f"{space}{one.name}", tuple(one.pattern.converters)


ROUTES: Arguments = dict(routes(get_resolver("attune.urls").url_patterns))
DEMO_ROUTES: Arguments = dict(routes(demo_urls.urlpatterns, "demo:"))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a page does is undone, so that the cells of the table do not touch each other."""
    around = [transaction.atomic(alias) for alias in ("default", "vault")]
    for one in around:
        one._from_testcase = True  # type: ignore[attr-defined]  # so that what is durable may stand inside
    with around[0], around[1]:
        yield
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "vault")


def address_of(route: str, ids: dict[str, Any]) -> str:
    """Of all that a relation has, an address takes only what it names."""
    return reverse(route, kwargs={key: ids[key] for key in (ROUTES | DEMO_ROUTES)[route]})


def relations(world: World, route: str) -> dict[str, dict[str, Any]]:
    """What the address may be filled with, by relation."""
    wanted = (ROUTES | DEMO_ROUTES)[route]
    if not wanted:
        return {"page": {}}
    known = world.episodes
    for name, there in (("token", world.links), ("key", world.instruments), ("pk", world.passkeys)):
        known = there if name in wanted else known
    known = world.entries if route == "entrance:welcome" else known
    return {relation: ids for relation, ids in known.items() if set(wanted) <= set(ids)}


def stands(pairs: dict[str, list[str]], role: str, *names: str) -> bool:
    """Whether this role is paired with one of these."""
    staff = () if role in ("anonymous", "client", "account") else pairs.get("staff", ())
    return not {*pairs.get("anybody", ()), *staff, *pairs.get(role, ())}.isdisjoint(names)


def expected(route: str, method: str, role: str, relation: str) -> str:
    """What the table says of a cell."""
    line = TABLE[route]
    if role == ONE_FACTOR and not line.get("one_factor", False):
        return "second factor first"
    if method not in line["methods"]:
        return "not this method"
    if stands(line.get("closed", {}), role, relation, f"{method} {relation}"):
        return "closed"
    if stands(line["may"], role, relation, f"{method} {relation}"):
        return "may"
    return "sign in" if asks_who_is_there(route) and role in ("anonymous", "client") else "missing"


def asks_who_is_there(route: str) -> bool:
    """Whoever has not signed in is led there from this page."""
    filled = {name: UUID(int=0) if name.endswith("_id") else 0 for name in ROUTES[route]}
    return route.startswith(STAFF) or reverse(route, kwargs=filled).startswith(("/account/", "/my/"))
