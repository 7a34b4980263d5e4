"""Drafts: what people of the house are writing."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.drafts.page import drafts

PAGE = Page(
    handlers=[drafts],
    nav=NavItem("publish", "write", "drafts.name", "/drafts", order=10, key="g w", action="read-drafts"),
)
