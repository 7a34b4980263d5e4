"""Listening: the log of mentions as they come, how many there are beside what is usual, and each with its context."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.listening.handlers import chart, events, fresh, listening, mention, rows
from vigie.web.pages.listening.why import ask, why

PAGE = Page(
    handlers=[listening, rows, fresh, chart, mention, events, why, ask],
    nav=NavItem(
        "listen",
        "listen",
        "listening.name",
        "/listening",
        10,
        key="g l",
        phone=True,
        action="read-mentions",
        search="/listening?q=",
    ),
)
