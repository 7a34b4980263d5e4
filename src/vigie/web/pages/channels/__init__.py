"""Channels: the accounts of the house, how each one stands with its network, and the keys to them."""

from vigie.web.page import NavItem, Page
from vigie.web.pages.channels.board import board_page, channel_page
from vigie.web.pages.channels.connecting import begin, connect, disconnect, finish, prove, undo

PAGE = Page(
    handlers=[board_page, channel_page, connect, begin, finish, prove, disconnect, undo],
    nav=NavItem("listen", "account", "channels.name", "/channels", order=15, key="g k", action="read-publications"),
)
