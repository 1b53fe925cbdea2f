"""The timeline of one client: drawn, in sentences, and as a table."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from attune.base import clock
from attune.doors.desk import timeline_sentences as sentences
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.timeline_chart import chart_of
from attune.doors.desk.timeline_table import table_of
from attune.doors.desk.timeline_words import day
from attune.insight.timeline import get_timeline
from attune.insight.timeline_points import Timeline
from attune.pages.timeline import NARROW, WIDE, draw
from attune.people.viewers import Viewer
from attune.practices.reading import PRACTICES


@require_safe
@therapists_only
def timeline(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """One participant's, never two together; `?practice=repair` shows only what serves that practice."""
    wanted = request.GET.get("practice", "")
    page = get_timeline(viewer, participant_id, practice=wanted if wanted in PRACTICES else "", at=clock.now())
    practices = [(one, capfirst(gettext(one))) for one in PRACTICES]
    context = {
        "page": page,
        "practices": practices,
        "chosen": capfirst(gettext(page.practice)) if page.practice else "",
    }
    return show(request, "desk/timeline.html", context | (_told(page) if page.times else {}))


def _told(page: Timeline) -> dict[str, Any]:
    told = [sentences.headline(page), *sentences.sentences(page)]
    chart = chart_of(page, " ".join(told[1:]) or told[0])
    return {
        "since": day(page.times[0], page),
        "headline": told[0],
        "sentences": told[1:],
        "drawings": [draw(chart, frame) for frame in (WIDE, NARROW)] if chart.rows else [],
        "legend": sentences.legend(page, chart),
        "notes": sentences.notes(page),
        "bases": sentences.bases(page),
        "table": table_of(page),
        "open_concerns": [one for one in page.concerns if not one.answered],
    }
