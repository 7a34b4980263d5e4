"""Notices: what I was told, and what became of each message that left the house."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.notices.page import notices, send_again

PAGE = Page(
    handlers=[notices, send_again],
    nav=NavItem("house", "note", "notices.name", "/notices", order=60, key="g n", action="read-incidents"),
)
