"""The pre-commit hooks and the GitHub Action: their definitions are whole, and the Action does what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
VIGIE = Path(sys.executable).parent / "vigie"


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    return found


def run_step(action: dict[str, Any], folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The checking step as the runner does it: inputs as variables, bash as it calls it."""
    (step,) = (one for one in action["runs"]["steps"] if one.get("id") == "check")
    given = {name: str(one.get("default", "")) for name, one in action["inputs"].items()} | inputs
    env = {
        name: re.sub(r"\$\{\{ inputs\.([a-z]+) }}", lambda m: given[m[1]], value) for name, value in step["env"].items()
    }
    assert not any("${{" in value for value in env.values())
    assert "${{" not in step["run"]
    programs = folder / "runner" / "vigie" / "bin"
    if not programs.exists():
        programs.mkdir(parents=True)
        (programs / "vigie").symlink_to(VIGIE)
    env |= {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(folder / "runner"), "GITHUB_OUTPUT": str(folder / "output")}
    env |= {"XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(shell, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_action_annotates_fails_and_writes_sarif(action: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "my posts").mkdir()
    (tmp_path / "my posts" / "a.md").write_text("Achetez vite\n", "utf-8")
    ran = run_step(action, tmp_path, paths="my posts\n", lang="fr", strict="true", sarif="found.sarif")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("::warning file=my posts/a.md,line=1,endLine=1,col=1,")
    assert '"version": "2.1.0"' in (tmp_path / "found.sarif").read_text("utf-8")
    assert (tmp_path / "output").read_text() == "status=1\n"
    assert run_step(action, tmp_path, paths="my posts\n").returncode == 0
    assert run_step(action, tmp_path, paths="none.md").returncode == 2


def test_every_input_is_used(action: dict[str, Any]) -> None:
    steps = yaml.safe_dump(action["runs"])
    assert [name for name in action["inputs"] if f"inputs.{name}" not in steps] == []


def test_the_hooks_call_the_command_on_files_it_reads() -> None:
    hooks = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["entry"] for hook in hooks] == ["vigie check", "vigie check --fix"]
    for hook in hooks:
        assert all(re.search(hook["files"], f"a.{kind}") for kind in ("md", "markdown", "txt", "csv", "tsv"))
