"""Today: what asks for somebody now."""

from vigie.web.api.today.reading import read_today
from vigie.web.page import Page

PAGE = Page(handlers=[read_today])
