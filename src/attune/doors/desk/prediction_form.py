"""The lines of a prediction, drawn in the therapist's ink."""

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from attune.insight.after_session import AfterSession
from attune.pages.components.scale import Line, scale


def lines_of(page: AfterSession, sent: Mapping[str, str], errors: Mapping[str, str]) -> list[SafeString]:
    """Each line as the client sees it, and the last about oneself."""
    items = page.definition.asked(page.form)
    return [
        scale(
            Line(
                name=item.key,
                legend=item.text.say(Name=page.me, Client=page.name),
                n=n,
                total=len(items),
                anchors=tuple(option.text.say() for option in item.options),
                checked=sent.get(item.key),
                error=errors.get(item.key, ""),
                hint=item.hint.say(),
                not_today=page.definition.pass_text.say() or gettext("Does not fit today"),
                voice="therapist",
            )
        )
        for n, item in enumerate(items, 1)
    ]
