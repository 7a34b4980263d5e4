"""The halt: everything that goes out is stopped, seen to have stopped, and let go again by two people."""

from vigie.web.page import Deed, Page
from vigie.web.pages.halt.now import now
from vigie.web.pages.halt.ordering import halt_page, order
from vigie.web.pages.halt.pauses import pause_page, pauses
from vigie.web.pages.halt.releasing import agree, propose

PAGE = Page(
    handlers=[halt_page, now, order, pauses, pause_page, propose, agree],
    deeds=(Deed("held", "halt.name", "/pauses", action="read-publications"),),
)
