"""Kinds of problems: what the ``type`` of a problem points to."""

from vigie.web.api.kinds.reading import list_problems
from vigie.web.page import Page

PAGE = Page(handlers=[list_problems])
