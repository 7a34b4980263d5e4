"""Queries: what Vigie listens for, each readable, changed and dropped; a text checked and tried before it is saved."""

from vigie.web.api.queries.changing import drop_query, put_query
from vigie.web.api.queries.reading import list_queries, read_query
from vigie.web.api.queries.trying import preview_query, validate_query
from vigie.web.page import Page

PAGE = Page(handlers=[list_queries, validate_query, preview_query, read_query, put_query, drop_query])
