"""What a folder of `web.pages` or `web.api` offers, found by scanning those rooms."""

import importlib
import pkgutil
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

import structlog
from msgspec import Struct

from vigie.charter import Action
from vigie.web.house import House

Section: TypeAlias = Literal["", "listen", "answer", "publish", "learn", "house"]
SECTIONS: tuple[Section, ...] = ("", "listen", "answer", "publish", "learn", "house")

_ROOMS = ("vigie.web.pages", "vigie.web.api")  # by name: the pages import this module
_log = structlog.get_logger("vigie.web")


class NavItem(Struct, frozen=True):
    """A line of the navigation, and of the palette.

    Attributes:
        icon: name in ``static/icons.svg``, without ``i-``.
        label: message id.
        order: within its section.
        key: letters pressed one after the other, ``g l``; empty for none.
        phone: also in the bottom bar of a small screen, which has room for four.
        action: right of `charter.allows` that a role needs to see it; None for everyone.
        search: where the palette searches this page for words, which it puts behind (``/listening?q=``).
        waiting: how many things there need somebody now.
    """

    section: Section
    icon: str
    label: str
    href: str
    order: int = 50
    key: str = ""
    phone: bool = False
    action: Action | None = None
    search: str = ""
    waiting: Callable[[House], int] | None = None


class Deed(Struct, frozen=True):
    """Something that the palette can start: a link to where it is done."""

    icon: str
    label: str
    href: str
    key: str = ""
    action: Action | None = None


class Page(Struct, frozen=True):
    """A folder's handlers (Litestar's), its line in the navigation and what the palette can start there."""

    handlers: Sequence[Any]
    nav: NavItem | None = None
    deeds: tuple[Deed, ...] = ()


def find_pages() -> list[Page]:
    """Every folder's ``PAGE``, in the order of the navigation."""
    return sorted((page for room in _ROOMS for page in _pages_of(room)), key=_order)


def _pages_of(room: str) -> list[Page]:
    folder = importlib.import_module(room).__path__
    names = [found.name for found in pkgutil.iter_modules(folder, f"{room}.") if found.ispkg]
    return [page for page in map(_page_of, names) if page]


def _page_of(name: str) -> Page | None:
    """A folder that cannot be loaded is left out, said in the log; the other pages are needed all the more."""
    try:
        page = getattr(importlib.import_module(name), "PAGE", None)
    except ImportError as error:
        _log.error("page left out", page=name, exception="".join(traceback.format_exception(error)))
        return None
    return page if isinstance(page, Page) else None


def _order(page: Page) -> tuple[int, int]:
    return (SECTIONS.index(page.nav.section), page.nav.order) if page.nav else (len(SECTIONS), 0)
