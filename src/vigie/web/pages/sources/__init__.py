"""Sources: the places that Vigie reads, how each one is, and what it sent that nobody could read."""

from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.sources.board import board_page, rows, source_page
from vigie.web.pages.sources.editing import add, change, new, remove, undo

PAGE = Page(
    handlers=[board_page, rows, new, add, source_page, change, remove, undo],
    nav=NavItem("listen", "tide", "sources_page.name", "/sources", order=30, key="g s", action="read-sources"),
    deeds=(Deed("plus", "sources_page.add", "/sources/new", action="edit-sources"),),
)
