"""Incidents: what goes wrong, who answers for it, what is done about it, and what the house takes from it."""

from vigie.web.api.incidents.changing import (
    add_incident_line,
    add_incident_task,
    change_incident,
    move_incident,
    open_incident,
    tick_incident_task,
)
from vigie.web.api.incidents.containing import begin_incident_statement, pause_for_incident, recall_incident_post
from vigie.web.api.incidents.reading import list_incidents, read_incident, read_incident_file, read_incident_spread
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_incidents, read_incident, read_incident_spread, read_incident_file, open_incident, change_incident,
        move_incident, add_incident_line, add_incident_task, tick_incident_task, pause_for_incident,
        recall_incident_post, begin_incident_statement,
    ]
)  # fmt: skip
