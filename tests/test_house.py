"""The house rules that a linter does not know."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "vigie"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))
VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "base", "misc"}
LONGEST = 400
"""Lines of a module; the aim is 300."""


def tracked() -> list[Path]:
    """Every file of the project that is text."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return [CHECKOUT / n for n in names if n and (CHECKOUT / n).is_file() and not n.endswith((".woff2", ".png"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_says_what_it_is_and_stays_readable(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the first line of a module says what it is"
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
    assert path.stem not in VAGUE
    assert path.parent.name not in VAGUE


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_public_things_are_explained(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(CHECKOUT / "tests")))
def test_no_mocks_of_our_own_code(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert not any(name.startswith(("unittest.mock", "mock", "pytest_mock")) for name in imported)


def test_the_project_names_no_registry_and_no_path_of_a_machine() -> None:
    # spelled in parts, so that this file does not name them either
    hosts = ["py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian.org", "npm" + "js.com"]
    forbidden = re.compile("|".join(map(re.escape, [*hosts, "/wo" + "rk/"])))
    found = [
        f"{path.relative_to(CHECKOUT)}: {match[0]}"
        for path in tracked()
        if (match := forbidden.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


def test_only_the_store_speaks_sql() -> None:
    outside = [
        str(path.relative_to(SOURCE))
        for path in MODULES
        if "store" not in path.relative_to(SOURCE).parts[:1]
        and re.search(
            r"^\s*(import|from) (sqlalchemy|alembic|sqlite3|pysqlite3)\b", path.read_text("utf-8"), re.MULTILINE
        )
    ]
    assert outside == []


def test_each_command_and_setting_is_documented() -> None:
    from vigie.cli import command_files  # noqa: PLC0415  # the package under test, not needed by the other tests
    from vigie.settings import NAMES  # noqa: PLC0415

    commands = (CHECKOUT / "docs/reference/commands.md").read_text("utf-8")
    assert [name for name in command_files() if f"## `vigie {name}`" not in commands] == []
    settings = (CHECKOUT / "docs/reference/settings.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in settings] == []


def test_an_exception_to_a_lint_gives_its_reason() -> None:
    config = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    text = (CHECKOUT / "pyproject.toml").read_text("utf-8")
    codes = [*config["ignore"], *(code for codes in config["per-file-ignores"].values() for code in codes)]
    assert [code for code in codes if not re.search(rf'"{code}",\s+# \S', text)] == []
