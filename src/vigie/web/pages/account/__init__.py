"""My account: how Vigie looks to me, my password and second factor, how I am told, where I am
logged in, my keys for the API."""

from vigie.web.page import Deed, Page
from vigie.web.pages.account.factor import confirm, new_codes, start, take_off
from vigie.web.pages.account.look import look
from vigie.web.pages.account.page import account_page
from vigie.web.pages.account.password import change, password_form
from vigie.web.pages.account.sessions import close
from vigie.web.pages.account.tokens import create, drop
from vigie.web.pages.account.told import drop_chat, keep_chat, send_test, tried

PAGE = Page(
    handlers=[
        account_page, look, password_form, change, start, confirm, new_codes, take_off, close, create, drop,
        keep_chat, drop_chat, send_test, tried,
    ],
    deeds=(Deed("lock", "account.password.change", "/account/password"),),
)  # fmt: skip
