"""Acts: who did what, when and why."""

from vigie.web.api.acts.reading import list_acts
from vigie.web.page import Page

PAGE = Page(handlers=[list_acts])
