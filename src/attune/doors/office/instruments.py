"""The shelf of instruments: what can be asked here, and the clinic's own wording where it holds the licence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.care.questionnaires.actions import load_wording, withdraw_wording
from attune.doors.office.doorway import operators_only, show
from attune.doors.office.preview import previews
from attune.doors.office.sentences import TIERS, groups_of, languages_of, scales_of
from attune.doors.office.wording_form import empty_form
from attune.insight.shelf import get_instrument_page, get_wordless, list_instruments
from attune.people.viewers import Viewer


@require_safe
@operators_only
def instruments(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every instrument, under its terms, and whether it can be asked here."""
    return show(request, "office/instruments.html", {"groups": groups_of(list_instruments()), "here": "instruments"})


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def instrument(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """One instrument. A wording file that cannot be taken changes nothing, and the page says where to mend it."""
    if request.method != "POST":
        return _show(request, key)
    held = request.POST.get("licence") == "held"
    try:
        load_wording(get_wordless(key).key, file=_file(request), licence_held=held, by=viewer, at=clock.now())
    except (Refused, Conflict) as problem:
        return _show(request, key, held=held, problem=problem)
    return redirect("office:instrument", key)


@require_POST
@operators_only
def withdraw(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """The clinic's wording is asked no more; loading the file again undoes it."""
    withdraw_wording(get_wordless(key).key, by=viewer, at=clock.now())
    return redirect("office:instrument", key)


@require_safe
@operators_only
def wording_form(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """The file to be filled in: the names of the questions and the range of their answers, and no word of them."""
    form = HttpResponse(empty_form(get_wordless(key)), content_type="application/toml; charset=utf-8")
    form["Content-Disposition"] = f'attachment; filename="{key}-wording.toml"'
    return form


def _show(
    request: HttpRequest, key: str, *, held: bool = False, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_instrument_page(key)
    definition = page.shown.definition
    context = {
        "page": page,
        "tier": TIERS[definition.licence.tier][0],
        "languages": languages_of(definition),
        "scales": scales_of(definition),
        "previews": previews(definition) if page.shown.wording else [],
        "held": held,
        "errors": _errors(problem),
        "tried": str(getattr(request.FILES.get("file"), "name", "")),
    }
    return show(request, "office/instrument.html", context, status=problem.status if problem else 200)


def _errors(problem: Refused | Conflict | None) -> dict[str, str]:
    """By field; what concerns the whole file stands beside the file."""
    if problem is None:
        return {}
    return (problem.fields if isinstance(problem, Refused) else {}) or {"file": problem.sentence}


def _file(request: HttpRequest) -> bytes:
    """What was sent. It is read in memory, and a file too large for that has not arrived at all."""
    sent = request.FILES.get("file")
    if sent is None:
        told = gettext("No file arrived. Choose the TOML file; one of more than a megabyte is not taken.")
        raise Refused(told, {"file": told})
    return bytes(sent.read())
