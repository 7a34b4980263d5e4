"""Me: who is asking, what they may do, their look, their sessions and their tokens."""

from vigie.web.api.me.person import change_me, read_me
from vigie.web.api.me.sessions import close_other_sessions, close_session, list_sessions
from vigie.web.api.me.tokens import create_token, drop_token, list_tokens
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        read_me, change_me, list_sessions, close_session, close_other_sessions, list_tokens, create_token, drop_token,
    ]
)  # fmt: skip
