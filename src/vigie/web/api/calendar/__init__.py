"""The calendar that other programs subscribe to."""

from vigie.web.api.calendar.feed import create_calendar_feed, drop_calendar_feed, read_calendar_feed
from vigie.web.page import Page

PAGE = Page(handlers=[read_calendar_feed, create_calendar_feed, drop_calendar_feed])
