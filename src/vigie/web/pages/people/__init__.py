"""People: who is in the house, what they may do, and whether they can log in. For owners."""

from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.people.access import disable, enable, invite, renew
from vigie.web.pages.people.entry import add, change, drop, new, undo
from vigie.web.pages.people.page import people_page, person_page

PAGE = Page(
    handlers=[people_page, new, add, undo, person_page, change, drop, invite, renew, disable, enable],
    nav=NavItem("house", "person", "people.title", "/people", order=10, key="g p", action="manage-people"),
    deeds=(Deed("plus", "people.add", "/people/new", action="manage-people"),),
)
