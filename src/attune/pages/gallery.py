"""Every component on one page, in both voices, both themes, both directions of writing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: The words of the gallery are made up, save Attune's own check-in lines; Arabic and Hindi are drafts.
HURT = (("no", "No"), ("small", "A small thing"), ("yes", "Yes"), ("unsaid", "I would rather not say here"))
HOW = (("they", "Ben, please bring it up"), ("me", "I will"), ("leave", "Leave it for now"))
USUAL = (("harder", "Harder"), ("usual", "As usual"), ("easier", "Easier"))
ARABIC = {"anchors": ("أبدًا", "إلى حدّ ما", "بقدر ما أتمنى"), "not_today": "لا ينطبق اليوم"}
HINDI = {"anchors": ("बिल्कुल नहीं", "कुछ हद तक", "जितना चाह सकूँ"), "not_today": "आज के लिए नहीं"}
SAMPLES = {
    "hurt": HURT,
    "how": HOW,
    "usual": USUAL,
    "arabic": ARABIC,
    "hindi": HINDI,
    "errors": {"g-day": "The day could not be read. Try “19 March”."},
    "tries": ("“I brought out a sheet while you were telling me about your father. What would have been better?”",),
}


def gallery(request: HttpRequest) -> HttpResponse:
    """`?dir=rtl` mirrors the page, `?theme=dark` or `light` sets its theme against the system's wish."""
    return render(request, "gallery.html", SAMPLES | _wishes(request))


def _wishes(request: HttpRequest) -> dict[str, Any]:
    allowed = {"direction": ("dir", ("rtl", "ltr")), "theme": ("theme", ("dark", "light"))}
    given = {name: request.GET.get(key) for name, (key, _) in allowed.items()}
    return {name: value for name, value in given.items() if value in allowed[name][1]}
