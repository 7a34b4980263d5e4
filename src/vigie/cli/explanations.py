"""Why a query finds a post or does not, on a terminal and as JSON."""

from collections.abc import Sequence
from itertools import islice

import msgspec
from rich.text import Text

from vigie.cli.post_lines import plain
from vigie.cli.speak import out
from vigie.flows.mentions import merged
from vigie.model import Post, Span
from vigie.query.explain import Explanation
from vigie.wording import Wording
from vigie.wording.reasons import Line, answer, instead, lines, missed

_SHOWN = 2_000  # characters of a text
_LINES = 200


def print_explanation(said: Explanation, post: Post, label: str, w: Wording) -> None:
    """The answer, what was missed, the text with its words marked, and every condition."""
    out.print(answer(said, label, w), markup=False, style="bold")
    for miss in said.misses[:_LINES]:
        out.print(plain(" ".join(filter(None, (" ", missed(miss, w), instead(miss, w))))), markup=False)
    spans = said.spans or merged(span for miss in said.misses for span in miss.found.text)
    out.print(_marked(post.text, spans))
    for line in islice(lines(said, post, w), _LINES):
        out.print(_written(line), style="" if line.decides else "dim")


def explanation_json(said: Explanation, w: Wording) -> str:
    """The same as one object; ``message`` of each miss is its sentence."""
    whole = msgspec.to_builtins(said)
    for told, miss in zip(whole["misses"], said.misses, strict=True):
        told["message"] = missed(miss, w)
    return msgspec.json.encode(whole).decode()


def _marked(text: str, spans: Sequence[Span]) -> Text:
    cut, at, line = text[:_SHOWN], 0, Text("  ")
    for span in spans:
        line.append(plain(cut[at : span.start]))
        line.append(plain(cut[span.start : span.end]), style="bold magenta underline")
        at = max(at, span.end)
    line.append(plain(cut[at:]) + ("…" if len(text) > _SHOWN else ""))
    return line


def _written(line: Line) -> Text:
    mark = {True: "✓", False: "✗", None: "…"}[line.holds]
    written = Text("  " * (line.depth + 1) + " ".join(filter(None, (mark, line.label, plain(line.text)))))
    for word in line.words:
        written.append("  ").append(plain(word), style="bold magenta underline")
    for note in line.notes:
        written.append(f"  ({plain(note)})", style="dim")
    return written
