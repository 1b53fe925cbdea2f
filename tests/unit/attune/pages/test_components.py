"""The components: what is given is escaped, what was chosen stays chosen, and every field can be found by its name."""

import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template, TemplateSyntaxError

from attune.pages.components import forms, reading
from attune.pages.components.scale import Line, scale
from attune_science.answers import DOES_NOT_FIT

EVIL = "<b onclick=\"x\">&'Amara'</b>"
ESCAPED = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#x27;Amara&#x27;&lt;/b&gt;"


class Page(HTMLParser):
    """The elements of a piece of HTML, in order, each as its name and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


def line(**changes: object) -> Line:
    return Line(**({"name": "presence", "legend": "Ben noticed how I really was today."} | changes))  # type: ignore[arg-type]


def chosen(html: str) -> list[str | None]:
    return [radio["value"] for radio in Page(html).all("input") if "checked" in radio]


def test_a_line_has_eleven_keys_and_a_twelfth_answer_of_one_name() -> None:
    radios = Page(scale(line())).all("input")
    assert [radio["value"] for radio in radios] == [*map(str, range(11)), DOES_NOT_FIT]
    assert {(radio["name"], radio["type"]) for radio in radios} == {("presence", "radio")}


@pytest.mark.parametrize("before", [None, "", "11", "-1", "x"])
def test_nothing_is_chosen_beforehand(before: str | None) -> None:
    assert chosen(scale(line(checked=before))) == []


@pytest.mark.parametrize("answer", [0, "0", 1, "10", 10, DOES_NOT_FIT])
def test_exactly_what_was_sent_is_chosen_again(answer: str | int) -> None:
    assert chosen(scale(line(checked=answer))) == [str(answer)]


def test_a_kept_row_is_not_another_lines_row() -> None:
    rows = [scale(line(name=name, checked=n)) for name in ("presence", "repair") for n in (3, 4)]
    assert [(chosen(row), Page(row).all("input")[0]["name"]) for row in rows] == [
        (["3"], "presence"),
        (["4"], "presence"),
        (["3"], "repair"),
        (["4"], "repair"),
    ]


def test_the_anchors_are_heard_with_their_keys_and_seen_once() -> None:
    html = scale(line(anchors=("none", "half", "all")))
    keys = dict(re.findall(r"<span>(\d+)<span class=\"sr\">, (\w+)</span>", html))
    assert keys == {"0": "none", "5": "half", "10": "all"}
    assert '<p class="anchors" aria-hidden="true"><span>none</span><span>half</span><span>all</span></p>' in html


def test_the_place_of_a_line_is_told_only_when_there_are_several() -> None:
    assert '<span class="n">2 of 8</span>' in scale(line(n=2, total=8))
    assert 'class="n"' not in scale(line())


def test_the_fold_why_is_there_only_with_a_reason() -> None:
    assert "<details" not in scale(line())
    assert "<dd>Because.</dd>" in scale(line(why="Because.", who="You and Ben.", then="Ben reads it."))


SHOWN = {
    "line": scale(
        Line(
            "a", EVIL, anchors=(EVIL, EVIL, EVIL), error=EVIL, hint=EVIL, why=EVIL, who=EVIL, then=EVIL, not_today=EVIL
        )
    ),
    "choices": forms.choices(forms.Choices("b", EVIL, [(EVIL, EVIL)], hint=EVIL, error=EVIL)),
    "words": forms.words(forms.Entry("c", EVIL, EVIL, hint=EVIL, error=EVIL)),
    "field": forms.field(forms.Entry("d", EVIL, EVIL, hint=EVIL, error=EVIL, autocomplete=EVIL)),
    "refused": forms.refused({"e": EVIL}),
    "said": reading.said(EVIL, by=EVIL, about=EVIL),
    "tag": reading.tag(EVIL),
    "sure": reading.sure("fair", EVIL),
    "why": reading.why(EVIL, EVIL, EVIL, about=EVIL),
    "tell": reading.tell(EVIL, title=EVIL),
    "reading": reading.reading(EVIL, reading.Basis("thin", EVIL, about=EVIL, show=EVIL, words=[EVIL])),
    "nothing": reading.nothing(EVIL, EVIL),
}


@pytest.mark.parametrize("part", SHOWN)
def test_whatever_is_given_is_escaped(part: str) -> None:
    assert ESCAPED in SHOWN[part]
    assert "<b onclick" not in SHOWN[part]
    assert all("onclick" not in attributes for _, attributes in Page(SHOWN[part]).elements)


def test_names_are_escaped_too() -> None:
    assert {radio["name"] for radio in Page(scale(line(name=EVIL))).all("input")} == {EVIL}


def test_ids_are_unique_and_every_description_exists() -> None:
    page = Page("".join(SHOWN[part] for part in ("line", "choices", "words", "field", "refused")))
    assert len(page.ids()) == len(set(page.ids()))
    described = {attributes.get("aria-describedby") for _, attributes in page.elements} - {None}
    assert len(described) == 4
    assert {one for ids in described for one in str(ids).split()} <= set(page.ids())


@pytest.mark.parametrize("part", ["line", "choices", "words", "field"])
def test_the_list_of_refusals_can_link_to_every_kind_of_field(part: str) -> None:
    name = {"line": "a", "choices": "b", "words": "c", "field": "d"}[part]
    assert name in Page(SHOWN[part]).ids()
    assert Page(forms.refused({name: "Say it in words."})).all("a") == [{"href": f"#{name}"}]


def test_nothing_refused_shows_nothing() -> None:
    assert forms.refused({}) == ""


def test_choices_keep_the_answer_and_mark_those_that_open_the_branch() -> None:
    options = (("no", "No"), ("small", "A small thing"), ("yes", "Yes"))
    html = forms.choices(forms.Choices("hurt", "Was there something?", options, checked="small", opens="small yes"))
    assert chosen(html) == ["small"]
    assert [radio["value"] for radio in Page(html).all("input") if radio.get("class") == "opener"] == ["small", "yes"]
    assert " opens" in str(Page(html).all("fieldset")[0]["class"])


def test_choices_without_a_branch_open_nothing() -> None:
    html = forms.choices(forms.Choices("usual", "Compared", (("usual", "As usual"),)))
    assert "open" not in html
    assert chosen(html) == []


def test_a_password_is_never_sent_back() -> None:
    assert "secret words" not in forms.field(forms.Entry("p", "Password", "secret words", kind="password"))


def test_typed_words_come_back_unaltered() -> None:
    typed = "\nSlower please.\n\n  Then the sheet, but not first thing."
    assert f">\n{typed}</textarea>" in forms.words(forms.Entry("ask", "Today", typed))


def test_an_entry_is_labelled_limited_and_marked_when_refused() -> None:
    area = Page(forms.words(forms.Entry("more", "More of", maxlength=2000, required=True, error="Too long."))).elements
    assert area[1] == ("label", {"for": "more"})
    given = area[2][1]
    assert (given["maxlength"], given["aria-invalid"], given["aria-describedby"]) == ("2000", "true", "more-error")
    assert "required" in given


def test_a_quotation_says_whose_voice_it_is() -> None:
    html = reading.said("I rang my sister.", by="Amara", about="session 6")
    assert 'class="said of-client"' in html
    assert '<b class="by">Amara</b> · session 6' in html
    assert "<figcaption" not in reading.said("I rang my sister.")


def test_a_reading_shows_only_the_ways_on_that_it_has() -> None:
    bare = reading.reading("It may be.", reading.Basis("thin", "not sure: one session"))
    assert "<a" not in bare
    assert "<details" not in bare
    assert '<span class="sure thin">not sure: one session</span>' in bare


def test_the_tags_take_keywords_and_content() -> None:
    source = (
        "{% load attune %}{% scale name='a' legend=evil checked=7 %}{% choices name='b' legend=evil options=o %}"
        "{% words name='c' label=evil %}{% field name='d' label=evil %}{% said evil by='Amara' %}"
        "{% tell kind='red' title=evil %}<p>{{ evil }}</p>{% endtell %}"
        "{% reading degree='fair' how=evil %}<p>{{ evil }}</p>{% endreading %}"
    )
    html = Template(source).render(Context({"evil": EVIL, "o": [("no", "No")]}))
    assert chosen(html) == ["7"]
    assert html.count(ESCAPED) == 9
    assert html.count(f"<p>{ESCAPED}</p>") == 3


def test_a_part_that_does_not_exist_is_refused_loudly() -> None:
    with pytest.raises((TypeError, TemplateSyntaxError), match="colour"):
        Template("{% load attune %}{% scale name='a' legend='b' colour='red' %}").render(Context())
