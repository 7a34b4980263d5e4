"""The stream: what changes, told as it changes, by server-sent events."""

from vigie.web.api.stream.events import stream_changes
from vigie.web.page import Page

PAGE = Page(handlers=[stream_changes])
