"""Whether words are meant, or denied, quoted or asked about: "we cannot promise", "saved from « eco-friendly »"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from vigie.checks.reading import Hit, Reading, within
from vigie.model import Span
from vigie.query.evaluate import merged

_WITHIN = 5
"""Words before the first one that may turn it round, in the same clause."""
_CLOSE = 200
"""Characters that hold these words."""
_CLAUSE = re.compile(r"[,;:(—–]\s|\s[—–]\s|\n")
_DENIES = frozenset(
    word
    for line in (
        "ne n pas ni sans aucun aucune jamais rien personne evitez eviter cessez arretez refusons impossible",
        "not cannot no never nobody nothing without avoid stop beware hardly neither nor",
    )
    for word in line.split()
)
_SHORTENED = frozenset(
    word
    for line in ("don doesn didn won isn aren wasn weren can couldn wouldn shouldn hasn haven hadn",)
    for word in line.split()
)
"""What stands before the t of "don't"."""
_ASKS = frozenset(("saviez", "savez", "did", "why", "pourquoi", "envie", "want", "looking", "fancy", "ready", "pret"))
"""Words of questions that say what they seem to ask: "did you know that our tea…"."""


def meant(reading: Reading, hits: Sequence[Hit], *, questions: bool = True) -> Iterator[tuple[Hit, tuple[Span, ...]]]:
    """Each hit with those of its spans that are neither quoted nor denied; hits of which none is left are passed over.

    Args:
        reading: the draft.
        hits: all those of the check: a "don't" that is itself found fault with denies nothing.
        questions: whether what is asked is meant.
    """
    said = merged(span for hit in hits for span in hit.spans)
    for hit in hits:
        turned = {reading.sentence(span) for span in hit.spans if denied(reading, span, said)}
        spans = tuple(
            span
            for span in hit.spans
            if not reading.quoted(span)
            and reading.sentence(span) not in turned
            and (questions or not asked(reading, span))
        )
        if spans:
            yield hit, spans


def denied(reading: Reading, span: Span, said: Sequence[Span] = ()) -> bool:
    """Whether one of the few words before a stretch, in its clause, turns it round. ``said``: ascending, apart."""
    tokens = reading.tokens
    start = reading.sentence(span).start
    for clause in _CLAUSE.finditer(reading.text, max(start, span.start - _CLOSE), span.start):
        start = clause.end()
    at = bisect_left(tokens, span.start, key=lambda token: token.start)
    return any(
        token.start >= start
        and (token.word in _DENIES or (token.word == "t" and tokens[number - 1].word in _SHORTENED))
        and not within(Span(token.start, token.end), said)
        for number, token in enumerate(tokens[max(0, at - _WITHIN) : at], max(0, at - _WITHIN))
    )


def asked(reading: Reading, span: Span) -> bool:
    """Whether a stretch stands in a question that is one."""
    sentence = reading.sentence(span)
    if "?" not in reading.text[sentence.start : sentence.end]:
        return False
    return not any(token.word in _ASKS for token in reading.tokens if sentence.start <= token.start < span.start)
