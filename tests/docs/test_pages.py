"""The pages hold together: links lead somewhere, each page is found, each charter shown is one, lists are complete."""

import re
from pathlib import Path

import msgspec
import pytest
import typer.main
from click import Group

from docs.reading import CHECKOUT, PAGES, anchors, blocks, links, name_of
from vigie.app.vocabulary import vocabulary
from vigie.charter import parse
from vigie.cli import build, command_files
from vigie.model import Author, Post
from vigie.networks.demo.options import Options
from vigie.query import evaluate
from vigie.query import parse as parse_query
from vigie.settings import NAMES, read_settings

HOUSE = "charter: 1\ncompany: {name: Maison, languages: [fr, en], timezone: Europe/Paris}\n"
"""What a part of a charter shown on a page is completed with."""
CHARTERS = [block for page in PAGES for block in blocks(page) if block.language == "yaml"]
QUERIES = [
    block for page in PAGES for block in blocks(page) if block.language == "listening" and "how-to" in page.parts
]
"""Those of the reference page are tried beside the language itself."""
DOCS = CHECKOUT / "docs"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and there.is_file() and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


def test_each_page_is_found_from_the_first_one() -> None:
    reached, ahead = set(), [CHECKOUT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        ahead += [(page.parent / target.partition("#")[0]).resolve() for target in links(page)]
    assert [name_of(page) for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("block", CHARTERS, ids=lambda block: f"{name_of(block.page)}:{block.line}")
def test_each_charter_shown_is_one(block) -> None:
    text = block.text if "charter: 1" in block.text else HOUSE + block.text
    parse(text, vocabulary())  # raises with every mistake


@pytest.mark.parametrize("block", QUERIES, ids=lambda block: f"{name_of(block.page)}:{block.line}")
def test_each_query_of_a_guide_finds_what_it_says(block) -> None:
    lines = block.text.splitlines()
    query = parse_query("\n".join(line for line in lines if line[0] not in "✓✗"))
    for line in (line for line in lines if line[0] in "✓✗"):
        assert evaluate(query, Post("bluesky", "1", Author("1"), line[2:], 0)) is (line[0] == "✓"), line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_block_is_left_without_a_known_language(page: Path) -> None:
    known = {"", "bash", "sh", "console", "yaml", "listening", "python", "jinja", "po", "ini", "caddy", "nginx", "json"}
    assert {block.language for block in blocks(page)} <= known | {"text", "http", "js", "javascript", "toml"}


def test_the_index_of_decisions_lists_each_one() -> None:
    folder = DOCS / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    for path in folder.glob("[0-9]*.md"):
        title = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        number, _, said = title.partition(". ")
        assert f"| [{number}]({path.name}) | {said} |" in index, path.name


def sections(page: Path) -> dict[str, str]:
    """The text under each heading of the second rank."""
    parts = re.split(r"^## +(.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("command", sorted(command_files()))
def test_each_option_of_a_command_is_on_its_page(command: str) -> None:
    said = sections(DOCS / "reference/commands.md")[f"`vigie {command}`"]
    loaded = typer.main.get_command(build(command)).commands[command]
    below = list(loaded.commands.values()) if isinstance(loaded, Group) or hasattr(loaded, "commands") else [loaded]
    options = {
        name
        for one in below
        for option in one.params
        if option.param_type_name == "option" and not option.hidden
        for name in option.opts
        if name.startswith("--") and name != "--help"
    }
    assert {name for name in options if not re.search(rf"`[^`]*{name}\b[^`]*`", said)} == set()


SAID_IN_WORDS = {"VIGIE_LANG", "VIGIE_BASE_URL", "VIGIE_ALLOW_PRIVATE", "VIGIE_SMTP", "VIGIE_MAIL_FROM"}
"""Settings whose default is no value."""


def test_the_settings_have_the_defaults_that_their_page_gives() -> None:
    table = (DOCS / "reference/settings.md").read_text("utf-8")
    plain = read_settings({})
    for name, field in NAMES.items():
        value = getattr(plain, field)
        if name not in SAID_IN_WORDS:
            assert re.search(rf"^\| `{name}` \|.*\| `(\./)?{value}` \|$", table, re.MULTILINE), name


def test_the_demo_has_the_defaults_that_its_page_gives() -> None:
    page = (DOCS / "explanation/demo-world.md").read_text("utf-8")
    for field in msgspec.structs.fields(Options):
        default = "2m" if field.name == "crisis_after" else str(field.default)
        row = re.search(rf"^\| `{field.name}` \| `?(\w+)`? \|", page, re.MULTILINE)
        assert row, field.name
        assert row[1] == default, field.name


def test_nothing_is_promised_under_another_name() -> None:
    """Flags and files that once were, or never: each was once on a page."""
    gone = re.compile(r"`--home|vigie charter (replay|adopt)|localhost:8000")
    assert [name_of(page) for page in PAGES if gone.search(page.read_text("utf-8"))] == []
