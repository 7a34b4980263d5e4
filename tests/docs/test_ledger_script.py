"""The script printed in the docs verifies what Vigie gives out, and finds what was touched."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from vigie.flows.ledger import export
from vigie.model import Act
from vigie.store import open_store

PAGE = Path(__file__).parents[2] / "docs/how-to/verify-the-ledger.md"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "verify_ledger.py"
    file.write_text(code, "utf-8")
    return file


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "vigie.db", role="cli")
    for number in range(30):
        store.acts.record(
            Act(number, "maëlle", "query.changed", f"query:{number}", "« enfin »", details={"z": 1, "a": None})
        )
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(export(store.acts, bytes(32), 1)))
    store.close()
    return file


def run(script: Path, ledger: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, script, ledger], capture_output=True, text=True, check=False)


def test_it_holds(script: Path, ledger: Path) -> None:
    done = run(script, ledger)
    assert done.stdout.startswith("30 entries hold")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'"query:12"', b'"query:13"', "entry 13 was touched"),
        (b'"at":1}', b'"at":2}', "the seal after entry 30 contradicts"),
    ],
)
def test_it_finds_what_was_touched(script: Path, ledger: Path, old: bytes, new: bytes, said: str) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(old, new))
    done = run(script, ledger)
    assert done.returncode == 1
    assert said in done.stderr
