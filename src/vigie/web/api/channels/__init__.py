"""Channels: how the accounts of the house stand with their networks. Keys are given on the page alone."""

from vigie.web.api.channels.keys import disconnect_channel, prove_channel
from vigie.web.api.channels.reading import list_channels
from vigie.web.page import Page

PAGE = Page(handlers=[list_channels, prove_channel, disconnect_channel])
