"""A lesson as a rule of the charter: its YAML begun from what happened, for a person to finish."""

import json

from vigie.model import Incident
from vigie.text.sentences import sentence_ends
from vigie.web.pages.incidents.found import LONGEST_TITLE
from vigie.wording import Wording

_WORDS = 4
"""Words of the post that the condition begins with: few enough to find the next one, too."""


def rule_begun(incident: Incident, text: str, languages: tuple[str, ...], w: Wording) -> str:
    """An entry for ``rules``, with the post that went wrong as its bad example."""
    lang = next(iter(languages), w.lang)
    first = next(iter(sentence_ends(text)), len(text))
    words = " ".join(text[:first].split()[:_WORDS]).strip(".,;:!?«»\"'’ ")
    why = json.dumps(w("incidents.learned.rule.why"), ensure_ascii=False)
    good = json.dumps(w("incidents.learned.rule.good"), ensure_ascii=False)
    bad = json.dumps(" ".join(text.split())[: LONGEST_TITLE * 3], ensure_ascii=False)
    match = words.replace("'", "''").replace('"', "")
    return "\n".join(
        (
            f"  - id: incident-{incident.id}",
            f"    match: '\"{match}\"'",
            "    severity: block",
            f"    why: {{{lang}: {why}}}",
            f"    bad: [{bad}]",
            f"    good: [{good}]",
        )
    )
