"""For test reports: JUnit's XML, as build servers read it. A draft is a suite, each of its findings a case."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vigie.cli.remarks import Remark, clean, name_of, remark
from vigie.flows.check_texts import Checked, Document, Report
from vigie.wording import Wording

# What XML 1.0 cannot hold (its production Char).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(report: Report, w: Wording) -> str:
    """What stops is a failure, what is let pass is skipped, what only warns passes with its words beside it."""
    root = Element("testsuites", name="vigie check")
    for document, drafts in report.documents:
        for checked in drafts:
            _suite(root, document, checked, report, w)
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, document: Document, checked: Checked, report: Report, w: Wording) -> None:
    name = document.name or "-"
    if checked.writing.name:
        name += f":{document.place(checked.writing.at)[0]}"
    suite = SubElement(root, "testsuite", name=_held(name))
    for told in checked.told:
        _case(suite, remark(document, checked.writing, told, w), report, w)
    if not checked.told:
        SubElement(suite, "testcase", classname=_held(name), name=w("check.nothing"))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def _case(suite: Element, one: Remark, report: Report, w: Wording) -> None:
    finding = one.finding
    (line, column), name = one.start, one.document.name
    place = f"{name}:{line}:{column}" if name else f"{line}:{column}"
    case = SubElement(suite, "testcase", classname=_held(suite.get("name", "")), name=f"{finding.rule} {line}:{column}")
    if name:
        case.set("file", _held(name))
        case.set("line", str(line))
    parts = (f"{place} {name_of(finding.rule, w)}", one.words, one.says, one.advice)
    said = _held("\n".join(part for part in parts if part))
    if one.told.stops(strict=report.strict):
        failure = SubElement(case, "failure", type=finding.rule, message=_held(one.says))
        failure.text = said
    elif one.told.silent:
        why = finding.suppressed.why if finding.suppressed else w("check.known-before")
        SubElement(case, "skipped", message=_held(why))
    else:
        SubElement(case, "system-out").text = said


def _held(words: str) -> str:
    return _UNWRITABLE.sub("\ufffd", clean(words))
