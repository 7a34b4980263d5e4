"""The queue: what goes out next, and each publication by itself."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.queue.acting import drop, look_again, move, recall, skip
from vigie.web.pages.queue.page import queue
from vigie.web.pages.queue.publication import publication

PAGE = Page(
    handlers=[queue, publication, move, skip, drop, look_again, recall],
    nav=NavItem("publish", "clock", "publications.name", "/queue", order=20, key="g f", action="read-publications"),
)
