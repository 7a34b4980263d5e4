"""Every code that reading may raise or count has its sentence, in both languages."""

import re
from pathlib import Path

import pytest

import vigie
from vigie.wording import Wording

SOURCE = Path(vigie.__file__).parent
ROOMS = ("networks", "fetch", "app")
ERROR = re.compile(r"(?:SourceDownError|FetchError)\(\s*\"([a-z-]+)\"")
PROBLEM = re.compile(r"\(\(\s*\"[a-z]+\", \"([a-z]+-[a-z-]+)\"")
REJECTED = re.compile(r"(?:Rejected|UnreadableError|reject)\(\s*\"([a-z-]+)\"")


def codes(form: re.Pattern[str]) -> set[str]:
    modules = [path for room in ROOMS for path in (SOURCE / room).rglob("*.py")]
    return {code for path in modules for code in form.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_code_has_its_sentence(lang: str) -> None:
    w = Wording(lang)
    wanted = {f"sources.error.{code}" for code in codes(ERROR) | {"disk-full", "charter-refused"}}
    wanted |= {f"sources.rejected.{code}" for code in codes(REJECTED)}
    wanted |= {f"sources.error.{code}" for code in codes(PROBLEM)}
    assert len(wanted) > 15
    assert sorted(id for id in wanted if not w.has(id)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_state_has_its_name(lang: str) -> None:
    w = Wording(lang)
    assert all(w.has(f"sources.state.{state}") for state in ("waiting", "reading", "stopped"))
