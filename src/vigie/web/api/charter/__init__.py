"""The charter: its text with its digest, replaced as a whole, or checked without being taken."""

from vigie.web.api.charter.routes import check_charter, put_charter, read_charter
from vigie.web.page import Page

PAGE = Page(handlers=[read_charter, put_charter, check_charter])
