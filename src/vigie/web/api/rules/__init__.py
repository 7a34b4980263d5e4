"""Rules: those of the house and the built-in checks, what each said and what people answered. Read only."""

from vigie.web.api.rules.reading import list_rules, read_rule
from vigie.web.api.rules.trying import replay_rules, try_rules
from vigie.web.page import Page

PAGE = Page(handlers=[list_rules, read_rule, try_rules, replay_rules])
