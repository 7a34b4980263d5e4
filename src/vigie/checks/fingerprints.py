"""What a finding is recognised by when it comes back: its rule and its words, not where they stand."""

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from vigie.model import Draft, Finding
from vigie.text import fold

_LONGEST = 500
"""Characters of a stretch that count: one is known by its beginning."""


def fingerprint(finding: Finding, draft: Draft, seen: Counter[str], origins: Mapping[str, str]) -> str:
    """16 hex digits.

    Args:
        finding: as a check or a rule made it.
        draft: what it was made of.
        seen: how often each mark was met so far in this draft; counted on, so that the same words a second time are
            another finding.
        origins: by a rule's id, the first id it had: a rule that was renamed keeps its history.
    """
    words = " ".join(fold(draft.text[span.start : min(span.end, span.start + _LONGEST)]) for span in finding.spans)
    moment = str(draft.when) if finding.part == "when" else ""
    rule = origins.get(finding.rule, finding.rule)
    mark = "\0".join((rule, finding.pattern or finding.code, finding.part, words, moment))
    seen[mark] += 1
    return sha256(f"{mark}\0{seen[mark]}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
