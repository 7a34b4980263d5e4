"""Health: whether Vigie can read now, for those who watch it."""

from vigie.web.api.health.reading import read_health
from vigie.web.page import Page

PAGE = Page(handlers=[read_health])
