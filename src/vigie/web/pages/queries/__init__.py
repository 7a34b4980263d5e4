"""Queries: what Vigie listens for, and the editor in which one writes it."""

from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.queries.editing import add, change, drop, edit, new, undo
from vigie.web.pages.queries.reading import examined, language_page, previewed, shelf_page

PAGE = Page(
    handlers=[shelf_page, language_page, examined, previewed, new, edit, add, change, drop, undo],
    nav=NavItem("listen", "search", "queries.name", "/queries", order=20, key="g q", phone=True, action="read-queries"),
    deeds=(Deed("plus", "queries.new", "/queries/new", action="edit-queries"),),
)
