"""HTML of strangers becomes plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.text.html import LINKS_LIMIT, read_html

MENTION = '<p><span class="h-card"><a href="https://s.example/@ana" class="mention">@<span>ana</span></a></span> ok</p>'
LONG_LINK = (
    '<a href="https://a.example/long"><span class="invisible">https://</span>'
    '<span class="ellipsis">a.example/lo</span><span class="invisible">ng</span></a>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain & simple < 3", "plain & simple < 3"),
        ("<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux."),
        ("<p>Un.</p>\n\n<p>Deux.</p> fin", "Un.\n\nDeux.\n\nfin"),
        ("un<br>deux<br/><br>trois<br><br><br><br>quatre", "un\ndeux\n\ntrois\n\nquatre"),
        ("<div>a<div>b<div>c</div></div></div>", "a\nb\nc"),
        ("<ul><li>un<li>deux</ul>fin", "un\ndeux\n\nfin"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("un  \n <b>mot</b>\tseul", "un mot seul"),
        ("caf&eacute; &amp; cr&#232;me &lt;b&gt;", "café & crème <b>"),
        ("a&nbsp;: b", "a\u00a0: b"),
        ("<script>alert(1)</script>vu<style>p{}</style><!-- non -->", "vu"),
        ("<template>a</template><noscript>b</noscript><iframe>c</iframe><svg><text>d</text></svg>vu", "vu"),
        ("<p>a<img src=x onerror=alert(1)>b", "ab"),
        (MENTION, "@ana ok"),
        (LONG_LINK, "https://a.example/long"),
        ('<p class="quote-inline">RE: <a href="https://s.example/1">s</a></p><p>D’accord.</p>', "D’accord."),
        ('<p>Miam <img class="emoji custom-emoji" alt=":coffee:" src="https://s.example/c.png"></p>', "Miam :coffee:"),
        ("a\x00b", "ab"),
        ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"),
        ("<pre>un\n  deux</pre>", "un\ndeux"),
    ],
)
def test_a_person_would_read(html: str, text: str) -> None:
    assert read_html(html).text == text


def test_links_and_pictures() -> None:
    read = read_html(
        '<a href="https://a.example/">a</a><a href="https://a.example/">again</a><a href="javascript:alert(1)">no</a>'
        '<a href="/relative">no</a><a class="mention" href="https://s.example/@x">@x</a>'
        '<a class="mention hashtag" rel="tag" href="https://s.example/tags/x">#x</a><a rel="tag" href="https://s.example/t">#t</a>'
        '<img src="https://a.example/i.png" alt="une  tasse"><img src="data:image/png;base64,AA==" alt="no">'
    )
    assert read.links == ("https://a.example/",)
    assert read.images == (("https://a.example/i.png", "une tasse"),)


def test_not_more_links_than_anybody_follows() -> None:
    read = read_html("".join(f'<a href="https://a.example/{n}">.</a>' for n in range(1000)))
    assert len(read.links) == LINKS_LIMIT


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000,
        "<b><a>" * 9_999,
        "<b " * 300_000,
        "&" * 500_000,
        "<br>" * 200_000,
        "x" * 1_000_000,
        "<p" + ">" * 500_000,
    ],
)
def test_a_hostile_page_is_read_like_any_other(html: str) -> None:
    assert "vu" in read_html(html + "> vu").text


@given(st.text(alphabet=st.sampled_from("<>/=\"'& abpbrdivul\n\t\x00\ud800é\u202e!-"), max_size=300))
def test_nothing_breaks_it(html: str) -> None:
    text = read_html(html).text
    text.encode()
    assert "\0" not in text
    assert "\n\n\n" not in text
    assert text == text.strip("\n")
