"""Mentions: the log with the filters of Listening, and one with what surrounds it."""

from vigie.web.api.mentions.reading import count_mentions, list_languages, list_mentions, read_mention
from vigie.web.page import Page

PAGE = Page(handlers=[list_mentions, count_mentions, list_languages, read_mention])
