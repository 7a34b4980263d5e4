"""Posts on a terminal: time, author and text, matched words marked."""

from collections.abc import Sequence

from rich.text import Text

from vigie.model import Mention, Post, Span
from vigie.wording import Wording


def post_lines(post: Post, spans: Sequence[Span], w: Wording, zone: str) -> Text:
    """Two or more lines. Control characters are shown, never sent to the terminal."""
    lines = Text(w.gutter(post.created_at, zone), style="dim")
    lines.append(f"  {plain(post.author.name or post.author.handle or post.author.id)}", style="bold not dim")
    lines.append(f"  {post.network}  {plain(post.url)}\n  ")
    at = 0
    for span in spans:
        lines.append(plain(post.text[at : span.start]), style="not dim")
        lines.append(plain(post.text[span.start : span.end]), style="bold not dim magenta underline")
        at = span.end
    lines.append(plain(post.text[at:]) + "\n", style="not dim")
    return lines


def mention_line(mention: Mention, w: Wording, zone: str) -> Text:
    """The same for a stored mention, with its queries; a tombstone says so."""
    if mention.gone_at is not None:
        return Text(f"{w.gutter(mention.post.created_at, zone)}  {w('cli.search.gone')}\n", style="dim")
    lines = post_lines(mention.post, (), w, zone)
    lines.append(f"  {w.date(mention.post.created_at, zone)}  {' '.join(mention.queries)}\n", style="dim")
    return lines


def plain(text: str) -> str:
    """The text on one line, with a mark for each character that a terminal would obey."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in text)
