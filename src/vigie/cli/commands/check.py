"""Says what is wrong with what the company is about to say: words, Markdown, a content calendar, a folder."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.cli.checking import fixed, known_in, print_report, read_all, write_known
from vigie.cli.judged import charter_of, detect_in, policy_of
from vigie.cli.reports import form, forms
from vigie.cli.rule_pages import print_rule
from vigie.cli.speak import fail, settings
from vigie.flows.check_texts import Baseline, Defaults, check
from vigie.model import Severity
from vigie.wording import LANGS, Wording


def run(
    what: Annotated[list[str] | None, typer.Argument(help="Words, files, folders; - for standard input.")] = None,
    form_: Annotated[str, typer.Option("--format", help="text, json, sarif, github or junit.")] = "text",
    charter: Annotated[Path | None, typer.Option(help="A charter; the home folder's when left out.")] = None,
    channel: Annotated[str, typer.Option(help="The channel of drafts that name none.")] = "",
    network: Annotated[str, typer.Option(help="The network of drafts that name none.")] = "",
    language: Annotated[str, typer.Option(help="The language of drafts that name none; found out when left out.")] = "",
    severity: Annotated[Severity, typer.Option(help="The mildest to tell.")] = "note",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings stop too.")] = False,  # noqa: FBT002
    trial: Annotated[bool, typer.Option("--trial", help="Tell what is found by rules on trial.")] = False,  # noqa: FBT002
    fix: Annotated[bool, typer.Option("--fix", help="Mend, in place, what changes no meaning.")] = False,  # noqa: FBT002
    baseline: Annotated[Path | None, typer.Option(help="A file of findings that stay silent.")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="Write that file.")] = False,  # noqa: FBT002
    explain: Annotated[str, typer.Option(help="A check or a rule: why it is there, examples, options.")] = "",
) -> None:
    """Says what is wrong with what the company is about to say: words, Markdown, a content calendar, a folder.

    Status 0: nothing stops it; 1: something does; 2: something cannot be read.
    """
    chosen = settings()
    w = Wording(chosen.lang)
    if form_ not in forms():
        fail(w("check.error.format", format=form_, known=", ".join(forms())), 2)
    if write_baseline and baseline is None:
        fail(w("check.error.no-baseline"), 2)
    if not what and not explain:
        fail(w("check.error.nothing"), 2)
    house = charter_of(charter, chosen.home, w)
    if explain:
        print_rule(explain, house, w)
        return
    if house and channel and house.channel(channel) is None:
        known = ", ".join(one.id for one in house.channels)
        fail(w("charter.error.unknown-channel", channel=channel, known=known), 2)
    at = now()
    detect = detect_in(house.company.languages if house else LANGS)
    by = Defaults(detect=detect, now=at, charter=house, network=network, channel=channel, language=language)
    found, unreadable = read_all(what or [], by, w)
    known_before = Baseline() if write_baseline or baseline is None else known_in(baseline, w)
    policy = policy_of(house, sum(len(document.writings) for _, document in found))
    look = partial(check, by=policy, now=at, known=known_before, least=severity, trials=trial, strict=strict)
    report = look([document for _, document in found])
    mended: dict[str, str] = {}
    if fix:
        report, mended = fixed(report, [target for target, _ in found], look, by, w)
    if baseline and write_baseline and not unreadable:
        write_known(report, baseline, w)
        return
    sys.stdout.write("".join(mended.values()))
    print_report(form(form_)(report, w), aside=bool(mended))
    raise typer.Exit(2 if unreadable else 1 if report.stopping else 0)
