"""The page of the docs: its examples work, its codes are those that there are, no resource is left out."""

import re
import shlex
from pathlib import Path

import httpx

from vigie.web.api.pace import BURST, PER_SECOND
from vigie.web.api.problems import STATUS
from web.api.conftest import Program
from web.served import Site

TEXT = (Path(__file__).parents[3] / "docs/reference/api.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
    if line.startswith("curl ")
]


def sent(client: httpx.Client, command: str, environment: dict[str, str]) -> tuple[str, int]:
    """Does what curl would: address and status."""
    for name, value in environment.items():
        command = command.replace(f"${name}", value)
    method, url, headers, body = "", "", {}, None
    words = iter(shlex.split(command)[1:])
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words)
            case "-N":
                continue
            case _:
                assert not word.startswith("-"), f"{word} is not understood here"
                url = word
    if body is not None:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")  # as curl does
    with client.stream(method or ("POST" if body else "GET"), url, headers=headers, content=body) as answer:
        return httpx.URL(url).path, answer.status_code


def test_the_examples_work_one_after_the_other(site: Site, program: Program) -> None:
    site.hear("la Brûlerie du Port", "un colis")
    token = program().headers["authorization"].removeprefix("Bearer ")
    with httpx.Client(timeout=30) as client:
        done = [sent(client, command, {"VIGIE": site.url, "TOKEN": token}) for command in COMMANDS]
    assert [one for one in done if one[1] >= 300] == []
    shown = {path.split("/")[3] for path, _ in done}
    there = {path.split("/")[3] for path in httpx.get(f"{site.url}/api/v1/openapi.json").json()["paths"]}
    assert there <= shown


def test_the_codes_and_the_pace_are_those_of_the_program() -> None:
    table = TEXT[TEXT.index("| status | codes |") : TEXT.index("## Calls that happen once")]
    assert sorted(re.findall(r"`([a-z-]+)`", table)) == sorted(STATUS)
    assert f"{BURST} calls at once and gets {PER_SECOND} more a second" in TEXT
