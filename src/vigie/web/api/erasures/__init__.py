"""Erasures: forgetting a person who asked for it."""

from vigie.web.api.erasures.routes import erase_person
from vigie.web.page import Page

PAGE = Page(handlers=[erase_person])
