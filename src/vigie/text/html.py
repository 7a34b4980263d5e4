"""Turns the HTML of posts and feeds into the plain text that a person would read, with its links and pictures."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

# fmt: off
BREAKS = frozenset((
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tr", "ul",
))
PARAGRAPHS = frozenset(("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"))
UNSEEN = frozenset((
    "applet", "audio", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "math", "meter",
    "noembed", "noframes", "noscript", "object", "progress", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
))
# fmt: on
LINE, PARAGRAPH = "\r", "\x0b"
_STRENGTH = {LINE: 1, PARAGRAPH: 2}
_PIECE = re.compile(r"[\r\n\x0b]|[^\r\n\x0b]+")
_GAP = re.compile(r"\n{3,}")
_PRE = re.compile(r"[\r\x0b]")
_SPACES = re.compile(r"[ \t\n\f\r\x0b]+")
_TAG = re.compile(r"<[^<>]*>")
TAGS_LIMIT = 10_000
"""Beyond, tags are cut away unread: the standard's own algorithm takes minutes over 200,000 nested elements."""
LINKS_LIMIT = 100
"""Links and pictures taken from one text."""
ADDRESS_LIMIT = 2_048


class Read(NamedTuple):
    """What a person sees. ``links`` leaves out mentioned accounts and hashtags; ``images`` are (address, alt)."""

    text: str
    links: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()


def read_html(html: str) -> Read:
    r"""Reads a fragment of HTML, however broken. Never raises; nothing in it is run or fetched.

    >>> read_html('<p>Le <a href="https://x.example/">café</a> est<br>froid &amp; cher</p><p>Bof</p><script>x</script>')
    Read(text='Le café est\nfroid & cher\n\nBof', links=('https://x.example/',), images=())
    """
    if html.count("<") > TAGS_LIMIT:
        return Read(_SPACES.sub(" ", unescape(_TAG.sub(" ", html))).strip())
    page = _Page()
    root = LexborHTMLParser("<!doctype html><body>" + html).root
    if root is not None:
        for node, opening in _walk(root):
            (page.open if opening else page.close)(node)
    return Read(page.text(), tuple(page.links), tuple(page.images.items()))


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each node twice: when it opens and when it closes. No recursion, since strangers nest as deep as they like."""
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        yield node, True
        inside = node.child if node.tag not in UNSEEN and not _is_fallback(node) else None
        if inside is not None:
            node, depth = inside, depth + 1
            continue
        yield node, False
        while depth and node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        node = node.next if depth and node is not None else None


def _is_fallback(node: LexborNode) -> bool:
    """The link to a quoted post that servers add for software that cannot show quotes (FEP-044f)."""
    return node.tag in {"p", "span"} and "quote-inline" in (node.attributes.get("class") or "").split()


class _Page:
    """What has been read so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links: dict[str, None] = {}
        self.images: dict[str, str] = {}
        self._pre = 0

    def open(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "-text":
            words = node.text_content or ""
            self.parts.append(_PRE.sub(" ", words) if self._pre else _collapsed(words))
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self._link(node)
        elif tag == "img":
            self._image(node)
        elif tag in BREAKS:
            self._break(tag)
            self._pre += tag == "pre"

    def close(self, node: LexborNode) -> None:
        tag = node.tag
        if tag in BREAKS:
            self._break(tag)
            self._pre -= tag == "pre"
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def _break(self, tag: str) -> None:
        self.parts.append(PARAGRAPH if tag in PARAGRAPHS else LINE)

    def _link(self, node: LexborNode) -> None:
        href = _address(node.attributes.get("href"))
        classes = (node.attributes.get("class") or "").split()
        rel = (node.attributes.get("rel") or "").split()
        if href and len(self.links) < LINKS_LIMIT and not {"mention", "hashtag"} & set(classes) and "tag" not in rel:
            self.links.setdefault(href)

    def _image(self, node: LexborNode) -> None:
        source = _address(node.attributes.get("src"))
        alt = _collapsed(node.attributes.get("alt") or "").strip()
        if source and len(self.images) < LINKS_LIMIT:
            self.images.setdefault(source, alt)
        if "emoji" in (node.attributes.get("class") or ""):
            self.parts.append(alt)

    def text(self) -> str:
        """Lines without spaces around them, at most one empty line between two. Breaks that blocks ask for do not add
        up, the strongest one counts; each ``<br>`` counts."""
        lines: list[str] = []
        wanted = 0
        for piece in _PIECE.findall("".join(self.parts)):
            if piece in _STRENGTH:
                wanted = max(wanted, _STRENGTH[piece])
            elif piece == "\n":
                lines.append("\n")
            elif line := piece.strip(" "):
                written = 2 if lines[-2:] == ["\n", "\n"] else lines[-1:] == ["\n"]
                lines.append("\n" * max(0, wanted - written))
                lines.append(line)
                wanted = 0
        return _GAP.sub("\n\n", "".join(lines)).strip("\n")


def _collapsed(words: str) -> str:
    """One space for each run of HTML's white space (a no-break space is none of it)."""
    return _SPACES.sub(" ", words)


def _address(value: str | None) -> str:
    """A web address as it was written, or nothing."""
    value = (value or "").strip()
    return value if value.lower().startswith(("http://", "https://")) and len(value) <= ADDRESS_LIMIT else ""
