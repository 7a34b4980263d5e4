"""Pauses: everything that goes out is stopped, and let go again by two people."""

from vigie.web.api.pauses.ordering import create_pause, forecast_pause
from vigie.web.api.pauses.reading import list_pauses, read_pause
from vigie.web.api.pauses.releasing import agree_release, propose_release
from vigie.web.page import Page

PAGE = Page(handlers=[list_pauses, forecast_pause, read_pause, create_pause, propose_release, agree_release])
