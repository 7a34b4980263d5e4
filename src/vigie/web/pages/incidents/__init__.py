"""Incidents: what goes wrong, who answers for it, and what the house takes from it."""

from vigie.web.frame import waiting_incidents
from vigie.web.page import Deed, NavItem, Page
from vigie.web.pages.incidents.acting import (
    add_line,
    add_task,
    assign,
    contain,
    hold,
    learn,
    rename,
    reopen,
    resolve,
    take,
    tick,
)
from vigie.web.pages.incidents.containing import begin_statement, recall
from vigie.web.pages.incidents.file import export
from vigie.web.pages.incidents.listing import incidents
from vigie.web.pages.incidents.opening import new, open_one
from vigie.web.pages.incidents.room import room
from vigie.web.pages.incidents.seeing import seen
from vigie.web.pages.incidents.spreading import chart

PAGE = Page(
    handlers=[
        incidents, new, open_one, room, chart, export, take, assign, contain, resolve, learn, reopen, rename, add_line,
        add_task, tick, hold, recall, begin_statement, seen,
    ],
    nav=NavItem(
        "answer",
        "incident",
        "incidents.name",
        "/incidents",
        20,
        key="g i",
        phone=True,
        action="read-incidents",
        waiting=waiting_incidents,
    ),
    deeds=(Deed("incident", "incidents.deed.open", "/incidents/new", action="handle-incidents"),),
)  # fmt: skip
