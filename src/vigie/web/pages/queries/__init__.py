"""Queries: what Vigie listens for, and the editor in which one writes it."""

from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.queries.editing import add, change, drop, edit, new, undo
from vigie.web.pages.queries.look_back import look_back
from vigie.web.pages.queries.pasting import translated
from vigie.web.pages.queries.reading import examined, language_page, previewed, shelf_page
from vigie.web.pages.queries.suggesting import suggested

PAGE = Page(
    handlers=[
        shelf_page,
        language_page,
        examined,
        previewed,
        look_back,
        suggested,
        translated,
        new,
        edit,
        add,
        change,
        drop,
        undo,
    ],
    nav=NavItem("listen", "search", "queries.name", "/queries", order=20, key="g q", phone=True, action="read-queries"),
    deeds=(Deed("plus", "queries.new", "/queries/new", action="edit-queries"),),
)
