"""The door: logging in and out, and the link by which somebody sets a first or new password."""

from vigie.web.page import Page
from vigie.web.pages.login.join import join, set_password
from vigie.web.pages.login.login import give_code, log_in, log_out, login_form

PAGE = Page(handlers=[login_form, log_in, give_code, log_out, join, set_password])
