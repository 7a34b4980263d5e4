"""Today: what needs me now, and what was said last."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.today.handlers import tide, today

PAGE = Page(
    handlers=[today, tide],
    nav=NavItem("", "today", "today.name", "/", 10, key="g t", phone=True),
)
