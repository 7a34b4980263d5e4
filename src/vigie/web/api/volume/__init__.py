"""Volume: how much is said over time, beside what is usual."""

from vigie.web.api.volume.reading import read_volume
from vigie.web.page import Page

PAGE = Page(handlers=[read_volume])
