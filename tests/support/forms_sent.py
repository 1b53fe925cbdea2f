"""What may be sent to a form: as its page offers it, and then bent in every way that a body can be wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote_from_bytes
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st
from support.forms_shown import ONE_OF, Field, Form

#: Marks that are no marks, digits of other scripts, numbers that are none, text that is hard to keep or to show.
ODD: tuple[str, ...] = (
    *("", " ", "0", "-1", "11", "1.5", "1e400", "NaN", "Infinity", "0x1", "1_0", "+1", "9" * 30, "1" * 5000),
    *("\u0663", "\u2167", "\uff18", "\u00b2", "\u2460", "\u0663" * 32, "\u0661\u0666:\u0660\u0660"),
    *("true", "null", "None", "[]", "{}", "pass", "yes", "__class__", "password__startswith", "?", "%s", "{0}", "${x}"),
    *("\0", "a\0b", "\r\nSet-Cookie: a=b", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\U0010ffff"),
    *("\u202egnirts", "\u200b", "a\u0301" * 40, "\U0001f600", "\U0001f469\u200d\U0001f467", "\u0130", "\ufb00"),
    *("\ud800", "\udcff", "\udbff\udfff", "x" * 256, "x" * 70_000),
    *("<script>alert(1)</script>", "{{ 7 }}", "' OR 1=1 --", "../../etc/passwd", "=1+1", "javascript:alert(1)"),
    *("0001-01-01", "9999-12-31", "2026-W01-1", "20261117", "2026-02-30", "24:00", "16", "16:00:00+01:00", "25:61"),
    *("00000000-0000-0000-0000-000000000000", "{" + "f" * 32 + "}", "urn:uuid:" + "0" * 32),
)
LARGE = "x" * 1_000_000
#: Names that no form has.
UNKNOWN = ("", ".", "a.b", "id", "pk", "is_superuser", "roles", "person_id", "__proto__", "name[]", "again.", "\0")
QUERIES: tuple[str, ...] = (
    *("", "next=//evil.example/", "next=javascript:alert(1)", "next=%0d%0aa:b", "next=/%ff", "next=" + "/" * 3000),
    *("order=-password", "_connector=OR", "password__startswith=p", "id__in=1", "__all__", "page=1e400", "page=%00"),
    *("now=1", "then=enter", "then=%F0%9F%98%80", "%", "%zz=%", "a=%ff%fe", "a=%ED%A0%80", "&&&=;;", "a" * 8000),
    "&".join(f"a{n}=1" for n in range(2000)),
)
#: Values for a place in an address; most of them lead nowhere.
PLACES: tuple[str, ...] = (
    *("%00", "%FF", "%ED%A0%80", "%0d%0aa", "..", "%2e%2e%2f", "%D9%A3", "-1", "0", "9" * 30, "9" * 5000, "x" * 8000),
    *("%F0%9F%98%80", "%27%20OR%201=1", "id__in", "%", "{}", "a%2Fb", "phq-9%00", "__class__"),
    *(f"{one * 8}-{one * 4}-{one * 4}-{one * 4}-{one * 12}" for one in "0fF"),
)
_NO_PASSKEY = (
    b'{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA",'
    b'"attestationObject":"AA","authenticatorData":"AA","signature":"AA","userHandle":"\\ud800"}}'
)
JSONS: tuple[bytes, ...] = (
    *(b"[" * 900 + b"]" * 900, b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000, b"1e400", b"NaN", b'"\\ud800"'),
    *(b"{}", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"\0", b"{", b'{"id":1,"id":2}', b'{"id":null,"response":[]}'),
    *(b'{"id":"AA","rawId":"AA","type":"public-key","response":{}}', b'{"segments":' + b"[" * 50_000, _NO_PASSKEY),
)
#: What a content type may claim of letters: the last ones are codecs, and none of text.
CHARSETS = (
    *("utf-8", "UTF8", "latin-1", "utf-16", "utf-7", "unicode_escape", "raw_unicode_escape", "idna", "nothing", "\"'"),
    *("base64", "rot13", "zlib", "undefined", "punycode", "mbcs", ""),
)
FORM = "application/x-www-form-urlencoded"
_MARK = "a-line-that-parts"
_PARTS = f"multipart/form-data; boundary={_MARK}"


@dataclass(frozen=True)
class Body:
    """What goes over the wire: how it was bent, its kind, its bytes, what stands behind the address, with a token."""

    how: str
    kind: str
    data: bytes
    query: str = ""
    token: bool = True
    place: str = ""

    def __repr__(self) -> str:
        return (
            f"Body({self.how}, {self.kind!r}, {self.data[:400]!r}, {self.query[:80]!r}, {self.token}, {self.place!r})"
        )


@dataclass(frozen=True)
class File:
    """A file as a form sends it."""

    name: str
    data: bytes


Sent = list[tuple[str, "str | File"]]
#: What is right for a field that a page alone does not tell, by kind or name.
Right = Mapping[str, Callable[[], Sequence["str | File"]]]


def _zip(name: str, data: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return kept.getvalue()


FILES: tuple[File, ...] = (
    *(File(f"a.{ending}", b"") for ending in ("vtt", "toml", "docx", "")),
    *(File(f"a.{ending}", b"\xff\xfe\0\xd8" * 50) for ending in ("vtt", "toml", "txt", "srt")),
    *(File("a.json", data) for data in JSONS),
    *(File("a.toml", head + b"[" * 20_000) for head in (b"a = ", b"", b"[[answers.")),
    *(
        File("a.toml", b'instrument = "wai-s"\n' + more)
        for more in (b"", b"a = " + b"1" * 5000, b"languages = 1\nitems = 1")
    ),
    *(File("a.toml", b"a = " + odd) for odd in (b"nan", b"1e400", b"9999-99-99", b'"\\ud800"', b"{a = {a = " * 5000)),
    File("a.vtt", b"WEBVTT\n\n00:05.000 --> 00:01.000\nx\n"),
    File("a.vtt", b"WEBVTT\n\n" + b"".join(b"00:01.000 --> 00:02.000\n<v \xc2\xa0>x</v>\n\n" for _ in range(300))),
    File("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v A>" * 20_000),
    File("a.srt", b"1\n99999999999999:00:00,000 --> 00:00:NaN\n\0\n"),
    File("a.csv", b'speaker,text\n"' + b"x" * 200_000),
    File("a.csv", b"\0,\0\n" * 100),
    File("a.txt", b"Ben: \0\nAmara: \xf0\x9f\x98\x80\n"),
    File("a.docx", _zip("word/document.xml", b"<w>" * 20_000)),
    File("a.docx", _zip("word/document.xml", b"0" * 3_000_000)),
    File("a.docx", _zip("../../etc/x", b"x")),
    File("a.docx", b"PK\x03\x04" + b"\0" * 100),
    File("../../x\0.vtt", b"WEBVTT\n"),
    File("\u202ettv.a", b"WEBVTT\n"),
    File("x" * 300 + ".vtt", b"WEBVTT\n"),
)


@st.composite
def offered(draw: st.DrawFn, form: Form, right: Right) -> Sent:
    """A body as the page offers it: everything filled in, from what may be chosen."""
    left_out = {one.name for one in form.fields if one.kind == "checkbox" and draw(st.booleans())}
    return [(one.name, draw(st.sampled_from(_may_be(one, right)))) for one in _own(form) if one.name not in left_out]


def _own(form: Form) -> list[Field]:
    return [one for one in form.fields if one.name != "csrfmiddlewaretoken"]


def _may_be(one: Field, right: Right) -> Sequence[str | File]:
    known = right.get(one.name) or right.get(one.kind)
    if one.kind in (*ONE_OF, "select"):
        return one.options or [""]
    if one.kind == "hidden":
        return [one.value]
    return known() if known else [one.value or "Slower."]


#: What was never offered, for fields that hold nothing but choices, days, hours and numbers.
CLOSED = (*ONE_OF, "select", "date", "time", "number")
NEVER_OFFERED = ("\u0663", "1e400", "-1", "a\0b", "nothing like it")


def nearly_right(form: Form, right: Right) -> Iterator[tuple[str, Body]]:
    """What is offered, whole; then the same with one field at a time holding what was never offered."""
    whole: Sent = [(one.name, next(filter(None, _may_be(one, right)), "")) for one in _own(form)]
    yield "", _as_offered(form, whole)
    for place, one in enumerate(_own(form)):
        for odd in NEVER_OFFERED if one.kind in CLOSED else ():
            changed = [(name, odd if n == place else value) for n, (name, value) in enumerate(whole)]
            yield f"{one.name} = {odd[:20]!r}", _as_offered(form, changed)


def _as_offered(form: Form, sent: Sent) -> Body:
    return Body("nearly", _PARTS, multipart(sent)) if form.with_files else Body("nearly", FORM, urlencoded(sent))


@st.composite
def bent(draw: st.DrawFn, form: Form, right: Right) -> Body:
    """Anything at all: a body as it is offered, changed in up to five places, packed in some way or other."""
    sent = draw(offered(form, right))
    changes = draw(st.lists(st.sampled_from(_CHANGES), max_size=5)) if draw(st.integers(0, 3)) else []
    for change in changes:
        sent = draw(change(sent))
    pack = draw(st.sampled_from(_PACKINGS)) if draw(st.integers(0, 2)) == 0 else _as_it_should(form)
    kind, data = draw(pack(sent))
    return Body(
        "bent" if changes else "offered",
        kind,
        data,
        query=draw(st.sampled_from(QUERIES)) if draw(st.integers(0, 4)) == 0 else "",
        token=draw(st.integers(0, 19)) != 0,
        place=draw(st.sampled_from(PLACES)) if draw(st.integers(0, 19)) == 0 else "",
    )


def values() -> st.SearchStrategy[str | File]:
    """Whatever a field may hold."""
    texts = st.text(max_size=40) | st.text(
        st.characters(categories=["Cs", "Cc", "Cf", "Co", "Nd", "No", "Zs"]), max_size=8
    )
    json = st.sampled_from(JSONS).map(lambda data: data.decode("latin-1"))
    return st.sampled_from(ODD) | texts | json | st.sampled_from(FILES) | st.sampled_from([LARGE])


@st.composite
def _another_value(draw: st.DrawFn, sent: Sent) -> Sent:
    place = draw(st.integers(0, max(0, len(sent) - 1)))
    return [(name, draw(values()) if n == place else value) for n, (name, value) in enumerate(sent)]


@st.composite
def _one_less(draw: st.DrawFn, sent: Sent) -> Sent:
    place = draw(st.integers(0, max(0, len(sent) - 1)))
    return [*sent[:place], *sent[place + 1 :]]


@st.composite
def _one_twice(draw: st.DrawFn, sent: Sent) -> Sent:
    place = draw(st.integers(0, max(0, len(sent) - 1)))
    return [*sent, *((name, draw(values())) for name, _ in sent[place : place + 1])]


@st.composite
def _one_more(draw: st.DrawFn, sent: Sent) -> Sent:
    return [*sent, (draw(st.sampled_from(UNKNOWN) | st.text(max_size=8)), draw(values()))]


@st.composite
def _another_name(draw: st.DrawFn, sent: Sent) -> Sent:
    place, ending = (
        draw(st.integers(0, max(0, len(sent) - 1))),
        draw(st.sampled_from(["[]", "__in", " ", "\0", ".", "2"])),
    )
    return [(name + ending if n == place else name, value) for n, (name, value) in enumerate(sent)]


@st.composite
def _far_too_many(draw: st.DrawFn, sent: Sent) -> Sent:
    return [*sent, *((f"a{n}", "1") for n in range(draw(st.sampled_from([199, 10_000]))))]


_CHANGES = [
    _another_value,
    _another_value,
    _another_value,
    _one_less,
    _one_twice,
    _one_more,
    _another_name,
    _far_too_many,
]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def urlencoded(sent: Sent) -> bytes:
    """As a browser sends a form without files."""
    plain = ((name, value.name if isinstance(value, File) else value) for name, value in sent)
    return b"&".join(
        quote_from_bytes(_bytes(one)).encode() + b"=" + quote_from_bytes(_bytes(v)).encode() for one, v in plain
    )


def multipart(sent: Sent, mark: str = _MARK) -> bytes:
    """As a browser sends a form with files."""
    parts = []
    for name, value in sent:
        head = b'Content-Disposition: form-data; name="' + _quoted(name) + b'"'
        if isinstance(value, File):
            head += b'; filename="' + _quoted(value.name) + b'"\r\nContent-Type: application/octet-stream'
        data = value.data if isinstance(value, File) else _bytes(value)
        parts.append(b"--" + mark.encode() + b"\r\n" + head + b"\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + b"--" + mark.encode() + b"--\r\n"


def _quoted(text: str) -> bytes:
    return _bytes(text).replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")


Packed = tuple[str, bytes]


def _as_it_should(form: Form) -> Callable[[Sent], st.SearchStrategy[Packed]]:
    return _with_files if form.with_files else _without_files


def _without_files(sent: Sent) -> st.SearchStrategy[Packed]:
    return st.just((FORM, urlencoded(sent)))


def _with_files(sent: Sent) -> st.SearchStrategy[Packed]:
    return st.just((_PARTS, multipart(sent)))


def _of_other_letters(sent: Sent) -> st.SearchStrategy[Packed]:
    kinds = [
        (FORM, urlencoded(sent)),
        (_PARTS, multipart(sent)),
        ("text/plain", b"x"),
    ]
    escaped = multipart([*sent, ("words", "\\ud800 \\x00 +2AA- \\N{BELL}")])
    kinds.append((_PARTS, escaped))
    return st.tuples(st.sampled_from(kinds), st.sampled_from(CHARSETS)).map(
        lambda drawn: (f"{drawn[0][0]}; charset={drawn[1]}", drawn[0][1])
    )


def _of_another_kind(sent: Sent) -> st.SearchStrategy[Packed]:
    kinds = (
        "application/json",
        "text/plain",
        "application/xml",
        "",
        "*/*",
        "multipart/form-data",
        "form",
        "a" * 500,
        "text",
    )
    return st.tuples(st.sampled_from(kinds), st.sampled_from([urlencoded(sent), *JSONS]))


def _broken(sent: Sent) -> st.SearchStrategy[Packed]:
    whole, kind = multipart(sent), _PARTS
    transfer = whole.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
    return st.sampled_from(
        [
            (kind, whole[: len(whole) // 2]),
            (kind, whole[:-6]),
            (kind, b""),
            (kind, whole.replace(b"\r\n", b"\n")),
            (kind, whole.replace(b"form-data", b"")),
            (kind, whole.replace(b'name="', b"name*=utf-9'';filename=\"")),
            (kind, whole.replace(b'name="', b"name*=idna''%ff;x=\"")),
            (kind, transfer),
            (kind, transfer.replace(b"base64", b"base64\r\nContent-Type: text/plain; charset=zlib")),
            (kind, whole.replace(b"\r\n\r\n", b"\r\n" + b"a:b\r\n" * 900)),
            (kind, b"--" + _MARK.encode() + b"\r\n" + b"x" * 5000 + whole),
            (kind, multipart([(f"f{n}", File("a.vtt", b"x")) for n in range(150)])),
            ("multipart/form-data; boundary=" + "x" * 300, whole),
            ("multipart/form-data; boundary=\u00ff", whole),
            (FORM, urlencoded(sent)[: max(1, len(urlencoded(sent)) - 3)] + b"%"),
            (FORM, b"\xff\xfe" + urlencoded(sent)),
            (FORM, b"=&" * 150),
            (FORM, b"&" * 500_000),
            (FORM, b"a=" + LARGE.encode() + b"x" * 60_000),
        ]
    )


_PACKINGS = [_without_files, _with_files, _of_other_letters, _of_other_letters, _of_another_kind, _broken]
