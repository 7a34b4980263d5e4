"""Every command that a page shows is run as a newcomer would, in a folder of its own."""

import re
from pathlib import Path

import pytest

from docs.reading import CHECKOUT, PAGES, commands, name_of, words
from docs.running import PORT, Folder, chatting
from vigie.charter import first_charter

PLACEHOLDERS = {
    "HANDLE": "somebody.example",
    "LOGIN": "maelle",
    "QUERY": "café",
    "FILE": "posts.jsonl",
    "ID": "demo",
    "20261120-090000": "{stamp}",  # of a backup: the newest one is meant
}
"""What stands on a page for something of the reader's own."""

ANSWERS = first_charter(
    name="Brûlerie du Port", listen_for='"brûlerie du port"', languages=("fr", "en"), timezone="Europe/Paris",
    owner_id="owner", owner_name="Odile",
)  # fmt: skip
"""What the first page of a new house makes of a reader's answers."""
SEEN: set[tuple[str, ...]] = set()
"""Roles that were started already, each with its options."""
STARTED = {"up", "listen", "web", "work"}
ANSWERED = {"erase": "y\n", "token": "a-token\n", "connect": "an-app-password\n",
            "chat": "ntfy://ntfy.example/vigie\n"}  # fmt: skip
"""What is typed where a command asks."""
RUN = {"vigie", "cp", "mv", "rm", "ls", "mkdir", "cat", "grep", "head"}
OUTSIDE = {"make", "curl", "sudo", "systemctl", "journalctl", "cd", "git", "export", "docker", "kill", "crontab"}
"""Held to their form alone: they change the machine, or need what a test has not. `tests/web/api` runs the API's."""
TARGETS = set(re.findall(r"^([a-z./-]+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE))
SHOWING = [page for page in PAGES if commands(page)]


@pytest.fixture(scope="module")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder in which the demo has run: its home is what other pages' commands find."""
    folder = Folder(tmp_path_factory.mktemp("demo"))
    started = folder.start("vigie up --demo")
    home = folder.path / "vigie-home"
    started.until(folder.answers, "the first page")
    started.until(lambda: folder.kept() > 0, "a mention")
    assert started.end() == 0, started.said
    assert home.is_dir()
    return folder


@pytest.fixture
def folder(tmp_path: Path, demo_house: Folder) -> Folder:
    """A fresh folder with a copy of the demo's home."""
    fresh = Folder(tmp_path)
    copied = fresh.run(f"cp -r {demo_house.path}/vigie-home vigie-home")
    assert copied.returncode == 0, copied.stderr
    return fresh


@pytest.mark.timeout(180)
@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_each_command_of_a_page_works(page: Path, folder: Folder) -> None:
    for line, said in commands(page):
        where = f"{name_of(page)}:{line}: {said}"
        variables, typed = words(said)
        program = Path(typed[0]).name
        if program in OUTSIDE:
            _has_its_form(program, typed, where)
            continue
        assert program in RUN, f"{where}: neither run nor held to a form"
        command = _filled(said, folder)
        if program == "vigie" and typed[1] == "watch":
            _watch(command, typed[2], folder, where)
        elif program == "vigie" and typed[1] in STARTED:
            _start(command, typed[1], folder, where)
        else:
            answer = next((text for word, text in ANSWERED.items() if word in typed), None)
            done = folder.run(command, input=answer or "")
            assert done.returncode == 0, f"{where}\n{done.stdout}\n{done.stderr}"
        assert all(
            name in {"VIGIE_HOME", "VIGIE_PORT", "VIGIE_BASE_URL", "VIGIE_LANG", "VIGIE_LOG"} for name in variables
        )


def test_pages_show_commands() -> None:
    assert {"README.md", "docs/tutorial.md", "docs/fr/premiers-pas.md"} <= {name_of(page) for page in SHOWING}


def _filled(said: str, folder: Folder) -> str:
    for mark, meant in PLACEHOLDERS.items():
        said = re.sub(rf"(?<!\w){mark}(?![\w=])", meant.format(stamp=folder.stamp), said)
    return re.sub(r"VIGIE_PORT=\d+ ", "", said)


def _has_its_form(program: str, typed: list[str], where: str) -> None:
    if program == "make":
        assert {word for word in typed[1:] if "=" not in word} <= TARGETS, where
    if program == "curl":
        addresses = [word for word in typed if word.startswith(("http://", "https://", "$VIGIE"))]
        assert addresses, where
        assert all(
            re.match(rf"(https?://127\.0\.0\.1:{PORT}|https?://[\w.-]+\.example(\.org)?|\$VIGIE)/", word)
            for word in addresses
        ), where


def _watch(command: str, query: str, folder: Folder, where: str) -> None:
    """Against a stream of this machine, on which the query's own words are said."""
    with chatting(re.sub(r"[()]|\b(AND|OR|NEAR/\d+)\b", " ", query)) as bridge:
        command = re.sub(r" --(source|limit) \S+", "", command)
        head, pipe, tail = command.partition(" | ")
        done = folder.run(f"{head} --source {bridge.v1} --limit 2{pipe}{tail}")
    assert done.returncode == 0, f"{where}\n{done.stderr}"
    assert len(done.stdout.splitlines()) >= 2, f"{where}\n{done.stdout}\n{done.stderr}"


def _start(command: str, role: str, folder: Folder, where: str) -> None:
    """Once in each form, until it answers; then Ctrl-C. Other pages find the same house without the wait."""
    variables, typed = words(command)
    home = folder.path / variables.pop("VIGIE_HOME", "vigie-home")
    form = (role, *sorted(variables), *typed[2:])
    if form not in SEEN:
        SEEN.add(form)
        _see(command, role, folder, where)
    elif role == "up" and not home.exists():
        made = folder.run(command.replace("vigie up", "vigie init"))
        assert made.returncode == 0, f"{where}\n{made.stderr}"
    if not (home / "charter.yaml").exists():
        (home / "charter.yaml").write_text(ANSWERS, "utf-8")


def _see(command: str, role: str, folder: Folder, where: str) -> None:
    started = folder.start(command)
    try:
        if role in {"up", "web"}:
            started.until(folder.answers, "a page")
        else:
            started.until(lambda: folder.alive(role), "a sign of life")
    finally:
        status = started.end()
    assert status == 0, f"{where}: status {status}\n{started.said}"
