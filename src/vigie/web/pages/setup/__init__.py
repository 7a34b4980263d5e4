"""The first run: three questions, what the public network says meanwhile, and the first charter."""

from vigie.web.page import Page
from vigie.web.pages.setup.live import listen
from vigie.web.pages.setup.questions import found, setup_page

PAGE = Page(handlers=[setup_page, found, listen])
