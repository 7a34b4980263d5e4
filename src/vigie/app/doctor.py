"""`vigie doctor`: what is well and what is not, each with what to do."""

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.pulse import pulses
from vigie.charter import CharterError
from vigie.flows.ports.pulse import STALE
from vigie.flows.surges import learning
from vigie.model import Millis
from vigie.store.driver import FORGETS, VERSION
from vigie.web.assets import FOLDER, NEEDED

HOUR: Millis = 3_600_000
LOW_DISK = 500_000_000
"""Bytes free under which a busy archive may soon stop."""


class Diagnosis(Struct, frozen=True):
    """One line of the doctor's. ``code`` is of `wording`: area ``doctor`` with the level behind it, or a whole id."""

    level: Literal["ok", "warn", "stop"]
    code: str
    values: dict[str, str | int] = {}


def diagnose(opened: Opened) -> Iterator[Diagnosis]:
    """Every check in turn. Reads only."""
    checks: tuple[Callable[[Opened], Iterator[Diagnosis]], ...] = (
        _python,
        _home,
        _disk,
        _database,
        _charter,
        _surges,
        _roles,
        _sources,
        _pages,
    )
    for check in checks:
        yield from check(opened)


def _python(_: Opened) -> Iterator[Diagnosis]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Diagnosis("ok" if sys.version_info < (3, 14) else "warn", "python", {"version": version})


def _home(opened: Opened) -> Iterator[Diagnosis]:
    path = opened.home.path
    key = path / "secret.key"
    open_to_others = [p.name for p in (path, key) if p.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_to_others:
        yield Diagnosis("warn", "home-open", {"path": str(path), "names": ", ".join(open_to_others)})
    else:
        yield Diagnosis("ok", "home", {"path": str(path)})


def _disk(opened: Opened) -> Iterator[Diagnosis]:
    free = shutil.disk_usage(opened.home.path).free
    yield Diagnosis("warn" if free < LOW_DISK else "ok", "disk", {"megabytes": free // 1_000_000})


def _database(opened: Opened) -> Iterator[Diagnosis]:
    yield Diagnosis("ok" if FORGETS else "warn", "sqlite", {"version": ".".join(map(str, VERSION))})
    problems = opened.store.check(deep=False)
    for code in problems:
        yield Diagnosis("stop", f"store.check.{code}")
    if not problems:
        yield Diagnosis("ok", "database")


def _charter(opened: Opened) -> Iterator[Diagnosis]:
    try:
        charter = opened.charter()
    except CharterError as error:
        first = error.problems[0]
        yield Diagnosis("stop", "charter-broken", {"count": len(error.problems), "line": first.line})
        return
    if charter is None:
        yield Diagnosis("warn", "charter-missing")
    else:
        yield Diagnosis("ok", "charter", {"queries": len(charter.queries), "digest": charter.digest[:12]})


def _surges(opened: Opened) -> Iterator[Diagnosis]:
    try:
        charter = opened.charter()
    except CharterError:
        return
    for query, left in (learning(opened.store.signals, charter) if charter else {}).items():
        yield Diagnosis("warn", "surge-cold", {"query": query, "hours": -(-left // HOUR)})


def _roles(opened: Opened) -> Iterator[Diagnosis]:
    beating = {p.role: p for p in pulses(opened.run_folder)}
    for role in ("listen", "work", "web"):
        pulse = beating.get(role)
        # without a process it is only the grace that the first start gives
        if pulse is None or not pulse.pid or now() - pulse.at > STALE:
            yield Diagnosis("warn", "role-still", {"role": role})
        elif pulse.trouble:
            yield Diagnosis("stop", "role-troubled", {"role": role, "trouble": pulse.trouble, "detail": pulse.detail})
        else:
            yield Diagnosis("ok", "role", {"role": role})


def _sources(opened: Opened) -> Iterator[Diagnosis]:
    for state in opened.store.archive.sources():
        if state.error:
            values: dict[str, str | int] = {"source": state.id, "error": state.error, "detail": state.error_detail}
            yield Diagnosis("warn", "source-down", values)
        else:
            yield Diagnosis("ok", "source", {"source": state.id, "posts": state.posts})


def _pages(_: Opened) -> Iterator[Diagnosis]:
    missing = [name for name in NEEDED if not (FOLDER / name).exists()]
    yield Diagnosis("stop", "assets-missing", {"names": ", ".join(missing)}) if missing else Diagnosis("ok", "assets")
