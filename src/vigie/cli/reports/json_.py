"""For programs: one object, each draft with its findings."""

import json
from typing import Any

from vigie.cli.remarks import Remark, clean, remark
from vigie.flows.check_texts import Checked, Document, Report
from vigie.wording import Wording


def written(report: Report, w: Wording) -> str:
    """Lines and columns count from 1, columns in characters; ``spans`` are places in ``text``."""
    whole = {
        "version": 1,
        "stopping": report.stopping,
        "files": [
            {"file": document.name, "drafts": [_draft(document, one, report, w) for one in drafts]}
            for document, drafts in report.documents
        ],
    }
    return clean(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _draft(document: Document, checked: Checked, report: Report, w: Wording) -> dict[str, Any]:
    draft = checked.writing.draft
    line, column = document.place(checked.writing.at)
    return {
        "line": line,
        "column": column,
        "row": checked.writing.name,
        "text": draft.text,
        "network": draft.network,
        "channel": draft.channel,
        "language": draft.language,
        "when": draft.when,
        "findings": [_finding(remark(document, checked.writing, one, w), report) for one in checked.told],
    }


def _finding(one: Remark, report: Report) -> dict[str, Any]:
    finding = one.finding
    suppressed = finding.suppressed
    (line, column), (end_line, end_column) = one.start, one.end
    return {
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity,
        "stops": one.told.stops(strict=report.strict),
        "message": one.says,
        "advice": one.advice,
        "part": finding.part,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "spans": [{"start": span.start, "end": span.end} for span in finding.spans],
        "words": one.words,
        "replacement": finding.replacement,
        "safe": finding.safe,
        "sureness": finding.sureness,
        "trial": finding.trial,
        "known": one.told.known,
        "let_pass": {"who": suppressed.who, "why": suppressed.why, "until": suppressed.until} if suppressed else None,
        "fingerprint": finding.fingerprint,
    }
