"""The API described for programs: OpenAPI 3.1."""

from vigie.web.api.document.routes import openapi
from vigie.web.page import Page

PAGE = Page(handlers=[openapi])
