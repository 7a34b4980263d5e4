"""The charter: the house's rules and checks, what people answered to them, and what else it says of the house."""

from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.charter.page import charter_page
from vigie.web.pages.charter.replaying import replay_page, replayed_rules
from vigie.web.pages.charter.trying import try_text
from vigie.web.pages.charter.versions import version_page

PAGE = Page(
    handlers=[charter_page, try_text, replay_page, replayed_rules, version_page],
    nav=NavItem("publish", "charter", "charterpage.name", "/charter", order=40, key="g h", action="read-drafts"),
    deeds=(Deed("charter", "charterpage.try.title", "/charter#try-t", action="read-drafts"),),
)
