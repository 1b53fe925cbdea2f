"""The brief's sentences in the reader's language: the page decided what is said, this says it."""

from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext

from attune.insight.brief import Brief
from attune.practices.page import LINKS, RUNS_ON, Block
from attune.practices.reading import Line, Plain, Sentence
from attune_science import instruments, scoring


def context_of(brief: Brief) -> dict[str, Any]:
    """Everything that `desk/brief.html` names."""
    page = brief.page
    return {
        "brief": brief,
        "name": page.name,
        "facts": [say(fact) for fact in page.facts],
        "sources": [say(sentence) for sentence in page.sources],
        "blocks": [_block(block, brief) for block in page.blocks],
    }


def say(sentence: Sentence) -> str:
    """One sentence, translated, with its values shown."""
    return sentence.render(gettext, _shown)


def _shown(value: Plain) -> str:
    match value:
        case Line():
            return instruments.get("attune-session").item(value.practice).short.say(get_language() or "en")
        case date():
            return date_format(value, "l j F")
        case time():
            return time_format(value, "G:i")
        case float():
            return str(scoring.rounded(value))
    return gettext(value) if isinstance(value, str) and value in _WORDS else str(value)


#: Words of ours that stand inside sentences; a person's words are never looked up.
_WORDS = frozenset(("presence", "acceptance", "collaboration", "culture", "repair", "frame", "autonomy", "feedback"))


def _block(block: Block, brief: Brief) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "tone": block.tone,
        "runs_on": block.kind in RUNS_ON,
        "heading": say(block.heading),
        "about": say(block.about) if block.about else "",
        "aside": say(block.aside) if block.aside else "",
        "sentences": [say(sentence) for sentence in block.sentences],
        "said": [
            {
                "text": said.text,
                "quoted": f"“{said.text}”",
                "lead": say(said.lead) if said.lead else "",
                "origin": say(said.origin) if said.origin else "",
                "cut": said.cut,
            }
            for said in block.said
        ],
        "sure": {"degree": block.sure.degree, "words": say(block.sure.words)} if block.sure else None,
        "why": say(block.why) if block.why else "",
        "tries": [say(words) for words in block.tries.first],
        "other": [say(words) for words in block.tries.other],
        "could_do": [say(words) for words in block.could_do],
        "show": _show(block, brief),
        "concerns": [reverse("desk:answer-concern", args=[one.id]) for one in brief.concerns]
        if "concern" in block.links
        else [],
        "links": {key: gettext(LINKS[key]) for key in LINKS},
    }


def _show(block: Block, brief: Brief) -> str:
    """Where "Show me" leads: the response of the last session that the block rests on."""
    if "show" not in block.links or not brief.show:
        return ""
    numbers = [number for number in block.basis.sessions if number in brief.show]
    return reverse("desk:response", args=[brief.show[max(numbers or brief.show)]])
