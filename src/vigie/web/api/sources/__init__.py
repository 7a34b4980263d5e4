"""Sources: what Vigie reads, how each one is, and what it sent that nobody could read."""

from vigie.web.api.sources.changing import drop_source, put_source
from vigie.web.api.sources.reading import list_quarantine, list_sources, read_source
from vigie.web.page import Page

PAGE = Page(handlers=[list_sources, read_source, put_source, drop_source, list_quarantine])
