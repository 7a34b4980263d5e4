"""What each network asks of a person who adds a source; a network without a form here asks for an address."""

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from vigie.model import SourceSpec

ABSENT = frozenset({"files", "demo"})
"""Networks that nobody adds from a page: files are brought in by a command, the demo brings itself."""


WITHOUT_ACCOUNT = ("bluesky", "mastodon", "rss")
"""Networks that a house without any account can read, in the order in which the board suggests them."""


class Asked(Struct, frozen=True):
    """One field. ``name`` is ``address`` or an option; ``words`` are separated by spaces or commas."""

    name: str
    kind: Literal["text", "words", "flag"]
    label: str
    help: str = ""
    needed: bool = False
    example: str = ""


class Form(Struct, frozen=True):
    """A network's fields, and whether it takes a token."""

    about: str
    fields: tuple[Asked, ...] = ()
    token: str = ""


FORMS: dict[str, Form] = {
    "bluesky": Form(
        "sources_page.bluesky.about",
        (Asked("address", "text", "sources_page.bluesky.address", "sources_page.bluesky.address_help"),),
    ),
    "mastodon": Form(
        "sources_page.mastodon.about",
        (
            Asked(
                "address",
                "text",
                "sources_page.mastodon.address",
                "sources_page.mastodon.address_help",
                needed=True,
                example="mastodon.example",
            ),
            Asked("tags", "words", "sources_page.mastodon.tags", "sources_page.mastodon.tags_help"),
            Asked("public", "flag", "sources_page.mastodon.public", "sources_page.mastodon.public_help"),
            Asked("local", "flag", "sources_page.mastodon.local", "sources_page.mastodon.local_help"),
            Asked("notifications", "flag", "sources_page.mastodon.notifications"),
        ),
        token="sources_page.mastodon.token",  # noqa: S106 - a message id
    ),
    "rss": Form(
        "sources_page.rss.about",
        (
            Asked(
                "address",
                "text",
                "sources_page.rss.address",
                "sources_page.rss.address_help",
                needed=True,
                example="https://journal.example/feed.xml",
            ),
        ),
    ),
}

_OTHER = Form("sources_page.other.about", (Asked("address", "text", "sources_page.other.address"),))


def form_of(network: str, *, needs_token: bool) -> Form:
    """A network's form."""
    form = FORMS.get(network, _OTHER)
    return Form(form.about, form.fields, "sources_page.token") if needs_token and not form.token else form


def specified(form: Form, network: str, id: str, data: Mapping[str, str], old: SourceSpec | None) -> SourceSpec:
    """The source that a filled form means. Options that the form does not show stay as the charter has them."""
    options = {**old.options} if old else {}
    address = old.address if old else ""
    for asked in form.fields:
        said = data.get(asked.name, "").strip()
        if asked.name == "address":
            address = said
        elif asked.kind == "flag":
            _set(options, asked.name, value=bool(said))
        elif asked.kind == "words":
            _set(options, asked.name, value=tuple(word.lstrip("#") for word in re.split(r"[\s,;]+", said) if word))
        else:
            _set(options, asked.name, value=said)
    return SourceSpec(id, network, address, options)


def wished_id(network: str, address: str) -> str:
    """A short name made of where the source is.

    >>> wished_id("rss", "https://www.journal.example/feed.xml"), wished_id("bluesky", "")
    ('journal-example', 'bluesky')
    """
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    name = re.sub(r"[^a-z0-9]+", "-", host.removeprefix("www.").lower()).strip("-")[:60]
    return name if name[:1].isalpha() else network


def shown(asked: Asked, spec: SourceSpec) -> str | bool:
    """What a field holds for a source that is there."""
    if asked.name == "address":
        return spec.address
    value = spec.options.get(asked.name, False if asked.kind == "flag" else "")
    return " ".join(value) if isinstance(value, tuple) else value if isinstance(value, bool) else str(value)


def _set(
    options: dict[str, str | int | bool | tuple[str, ...]], name: str, *, value: str | bool | tuple[str, ...]
) -> None:
    """An option that says nothing is not written."""
    if value:
        options[name] = value
    else:
        options.pop(name, None)
