"""The calendar: what goes out on which day, for people and for their own calendars."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.calendar.feed import drop_feed, feed, make_feed
from vigie.web.pages.calendar.page import calendar

PAGE = Page(
    handlers=[calendar, make_feed, drop_feed, feed],
    nav=NavItem("publish", "cal", "calendar.name", "/calendar", order=30, key="g c", action="read-publications"),
)
