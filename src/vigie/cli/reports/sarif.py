"""For code hosts and editors: SARIF 2.1.0, the OASIS standard for what static analysis finds.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import vigie
from vigie.cli.remarks import Remark, clean, name_of, remarks, sentence
from vigie.flows.check_texts import Document, Report
from vigie.model import Finding, Span, told
from vigie.wording import Wording

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"block": "error", "warn": "warning", "note": "note"}
_FINGERPRINT = "vigieFinding/v1"
_ROOT = "%SRCROOT%"


def written(report: Report, w: Wording) -> str:
    """One run. Columns count UTF-16 units, as the programs that read it do; what is let pass is marked so."""
    return clean(json.dumps(_Log(report, w).whole(), ensure_ascii=False, indent=2)) + "\n"


class _Log:
    def __init__(self, report: Report, w: Wording) -> None:
        self._report, self._w = report, w
        self._remarks = list(remarks(report, w))
        self._rules = {one.finding.rule: one.finding for one in reversed(self._remarks)}
        self._numbers = {rule: number for number, rule in enumerate(sorted(self._rules))}
        self._documents = [document for document, _ in report.documents]

    def whole(self) -> dict[str, Any]:
        driver = {
            "name": "Vigie",
            "semanticVersion": vigie.__version__,
            "rules": [self._rule(rule, self._rules[rule]) for rule in sorted(self._rules)],
        }
        run = {
            "tool": {"driver": driver},
            "language": self._w.lang,
            "columnKind": "utf16CodeUnits",
            "artifacts": [self._artifact(document) for document in self._documents],
            "results": [self._result(one) for one in self._remarks],
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def _rule(self, rule: str, finding: Finding) -> dict[str, Any]:
        w = self._w
        why = w(f"checks.{rule}.why") if w.has(f"checks.{rule}.why") else told(finding.why, w.lang)
        described = why or sentence(finding, w)
        return {
            "id": rule,
            "shortDescription": {"text": name_of(rule, w)},
            "fullDescription": {"text": described},
            "help": {"text": described},
        }

    def _artifact(self, document: Document) -> dict[str, Any]:
        if document.name:
            return {"location": _location(document.name), "encoding": "UTF-8"}
        return {"contents": {"text": document.text}}

    def _result(self, one: Remark) -> dict[str, Any]:
        finding = one.finding
        said = " ".join(part for part in (one.says, one.advice) if part)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self._numbers[finding.rule],
            # a rule that is being tried out fails nothing
            **({"kind": "informational", "level": "none"} if finding.trial else {"level": _LEVELS[finding.severity]}),
            "message": {"text": said},
            "locations": [self._place(one.document, one.places[0])],
            "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
            "suppressions": self._suppressions(one),
        }
        if len(one.places) > 1:
            others = enumerate(one.places[1:], 1)
            result["relatedLocations"] = [{"id": n, **self._place(one.document, place)} for n, place in others]
        if finding.replacement is not None and finding.spans:
            result["fixes"] = [self._fix(one)]
        return result

    def _suppressions(self, one: Remark) -> list[dict[str, str]]:
        """An empty list says that nobody lets it pass, which the standard wants said."""
        found = []
        if one.finding.suppressed:
            found.append({"kind": "inSource", "status": "accepted", "justification": one.finding.suppressed.why})
        if one.told.known:
            known = self._w("check.known-before")
            found.append({"kind": "external", "status": "accepted", "justification": known})
        return found

    def _place(self, document: Document, place: Span) -> dict[str, Any]:
        return {"physicalLocation": {"artifactLocation": self._where(document), "region": _region(document, place)}}

    def _where(self, document: Document) -> dict[str, Any]:
        index = {"index": self._documents.index(document)} if not document.name else {}
        return _location(document.name) if document.name else index

    def _fix(self, one: Remark) -> dict[str, Any]:
        replaced = {
            "deletedRegion": _region(one.document, one.places[0]),
            "insertedContent": {"text": one.finding.replacement},
        }
        change = {"artifactLocation": self._where(one.document), "replacements": [replaced]}
        return {"artifactChanges": [change]}


def _location(name: str) -> dict[str, str]:
    path = PurePath(name)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": Path(name).resolve().as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}


def _region(document: Document, place: Span) -> dict[str, int]:
    """Of a finding about no words: its line."""
    line, column = document.place(place.start)
    if place.end == place.start:
        return {"startLine": line}
    end_line, end_column = document.place(place.end)
    return {
        "startLine": line,
        "startColumn": 1 + _units(document.text[place.start - column + 1 : place.start]),
        "endLine": end_line,
        "endColumn": 1 + _units(document.text[place.end - end_column + 1 : place.end]),
    }


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
