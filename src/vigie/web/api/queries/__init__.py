"""Queries: what Vigie listens for, each readable, changed and dropped; a text checked and tried before it is saved."""

from vigie.web.api.queries.changing import drop_query, put_query
from vigie.web.api.queries.explaining import explain_query
from vigie.web.api.queries.improving import suggest_query, translate_query
from vigie.web.api.queries.looking_back import look_back_query
from vigie.web.api.queries.reading import list_queries, read_query
from vigie.web.api.queries.trying import preview_query, validate_query
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_queries,
        validate_query,
        preview_query,
        look_back_query,
        explain_query,
        suggest_query,
        translate_query,
        read_query,
        put_query,
        drop_query,
    ]
)
