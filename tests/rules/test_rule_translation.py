"""Every sentence of a template is marked for translation, and nothing in it is inline or from elsewhere."""

import re
from pathlib import Path

import pytest
from django.template.base import DebugLexer, TokenType

import attune

HOUSE = Path(attune.__file__).parent
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
STYLES = sorted(HOUSE.glob("**/static/**/*.css"))

#: The name of the product, and the made-up people of the gallery (one pair with names as long as names can be).
NAMES = {"Attune", "Amara", "Ben", "Farah", "Noor", "Eddine", "Abdelrahman", "al", "Khatib", "Gil"}
NAMES |= {"Featherstonehaugh", "Okonkwo"}
#: Attributes of a tag that a person sees or hears.
SPOKEN = re.compile(r"""\s(?:aria-label|alt|title|placeholder)=("[^"]*"|'[^']*')""")
#: Arguments of our own tags that are shown as they are.
SHOWN = re.compile(r"""\b(?:label|legend|title|hint|error|why|who|then)=("[^"]*"|'[^']*')""")
#: Words in Latin letters; the gallery's Arabic and Hindi samples are drafts in the language that they name.
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
#: The one form in which a page may name a script: a file of our own, and nothing between its tags.
OUR_SCRIPT = r"""<script src="{% static 'attune/[\w-]+\.js' %}" defer></script>"""
FORBIDDEN = {
    "an inline style": r"<style|\sstyle\s*=",
    "an inline script": rf"(?!{OUR_SCRIPT})<script|javascript:",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "evaluated htmx": r"hx-on|\bjs:|hx-vals",
    "an address elsewhere": r"(?:https?:)?//[a-z0-9]",
    "an import": r"@import",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def visible(source: str) -> list[str]:
    """What a template shows without having been marked: texts, and attributes that are read aloud."""
    marked = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", " ", source, flags=re.DOTALL)
    marked = re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", " ", marked, flags=re.DOTALL)
    tokens = DebugLexer(marked).tokenize()
    html = "".join(token.contents if token.token_type == TokenType.TEXT else " " for token in tokens)
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    blocks = [token.contents for token in tokens if token.token_type == TokenType.BLOCK]
    return [
        *SPOKEN.findall(html),
        re.sub(r"<[^>]*>", " ", html),
        *(text for block in blocks if not block.startswith("include") for text in SHOWN.findall(block)),
    ]


def bare(source: str) -> list[str]:
    """The words that no translator would ever see."""
    return [word for text in visible(source) for word in LETTERS.findall(text) if word not in NAMES]


def forbidden(source: str) -> set[str]:
    """What stands in it that may not."""
    return {what for what, pattern in FORBIDDEN.items() if re.search(pattern, source, re.IGNORECASE)}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_word_is_marked_for_translation(path: Path) -> None:
    assert bare(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *HOUSE.glob("**/static/**/*.svg")], ids=name_of)
def test_nothing_is_inline_and_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")  # the name of a language
    if path.suffix != ".html":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert forbidden(text) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("""<script src="{% static 'attune/draft.js' %}" defer></script>""", set()),
        ("""<script src="{% static 'attune/draft.js' %}" defer>begin()</script>""", {"an inline script"}),
        ("""<script src="{% static 'attune/draft.js' %}" defer></script><script>x</script>""", {"an inline script"}),
        ("<script>begin()</script>", {"an inline script"}),
        ('<script src="{{ address }}" defer></script>', {"an inline script"}),
        ("""<script src="{% static 'theirs/x.js' %}" defer></script>""", {"an inline script"}),
        ('<script src="https://example.org/x.js" defer></script>', {"an inline script", "an address elsewhere"}),
        ('<a href="javascript:begin()">', {"an inline script"}),
    ],
)
def test_a_script_is_a_file_of_our_own_with_nothing_inside(source: str, found: set[str]) -> None:
    assert forbidden(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<p aria-label="Close it">{{ x }}</p>', ["Close", "it"]),
        ('{% field name="day" label="Day" %}', ["Day"]),
        ('{% translate "Hello" %}{# a note #}<!-- a note --><p class="quiet">· Attune 10</p>', []),
        ("{% blocktranslate with a=b %}Hello {{ a }}{% endblocktranslate %}{% comment %}no{% endcomment %}", []),
    ],
)
def test_the_search_finds_what_it_should(source: str, found: list[str]) -> None:
    assert bare(source) == found


def test_there_is_something_to_search() -> None:
    assert len(TEMPLATES) > 20
    assert len(STYLES) > 3
