"""Notices: what Vigie told you, what became of every message, and where you are told."""

from vigie.web.api.notices.addresses import drop_my_chat, put_my_chat, read_my_addresses, send_my_test
from vigie.web.api.notices.deliveries import list_deliveries, resend_delivery
from vigie.web.api.notices.reading import list_notices, read_notices
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_notices, read_notices, list_deliveries, resend_delivery, read_my_addresses, put_my_chat, drop_my_chat,
        send_my_test,
    ]
)  # fmt: skip
