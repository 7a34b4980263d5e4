"""Role by route, cell by cell; and every page has its twin in the API."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from vigie.charter import ROLES, Action, allows
from vigie.flows.ports.accounts import Account
from vigie.model import Act
from vigie.web.api.document.describe import routes
from vigie.web.site import create_app
from web.api.conftest import Program
from web.served import Site

RIGHTS: dict[str, Action | str] = {
    "list_mentions": "read-mentions",
    "count_mentions": "read-mentions",
    "list_languages": "read-mentions",
    "read_mention": "read-mentions",
    "read_volume": "read-mentions",
    "read_today": "read-mentions",
    "stream_changes": "read-mentions",
    "list_queries": "read-queries",
    "read_query": "read-queries",
    "validate_query": "read-queries",
    "preview_query": "read-queries",
    "explain_query": "read-mentions",
    "look_back_query": "read-mentions",
    "suggest_query": "read-mentions",
    "translate_query": "read-queries",
    "put_query": "edit-queries",
    "drop_query": "edit-queries",
    "list_drafts": "read-drafts",
    "read_draft": "read-drafts",
    "list_draft_versions": "read-drafts",
    "list_remarks": "read-drafts",
    "check_draft": "read-drafts",
    "create_draft": "write-drafts",
    "put_draft": "write-drafts",
    "move_draft": "write-drafts",
    "decide_remark": "write-drafts",
    "read_review": "read-drafts",
    "answer_draft": "approve",
    "list_publications": "read-publications",
    "read_publication": "read-publications",
    "list_free_moments": "read-publications",
    "schedule_draft": "schedule",
    "move_publication": "schedule",
    "skip_publication": "schedule",
    "drop_publication": "schedule",
    "look_at_network": "schedule",
    "recall_publication": "recall",
    "read_calendar_feed": "read-publications",
    "create_calendar_feed": "read-publications",
    "drop_calendar_feed": "read-publications",
    "list_rules": "read-drafts",
    "read_rule": "read-drafts",
    "try_rules": "read-drafts",
    "replay_rules": "read-mentions",
    "list_incidents": "read-incidents",
    "read_incident": "read-incidents",
    "read_incident_spread": "read-incidents",
    "read_incident_file": "export",
    "open_incident": "handle-incidents",
    "change_incident": "handle-incidents",
    "move_incident": "handle-incidents",
    "add_incident_line": "handle-incidents",
    "add_incident_task": "handle-incidents",
    "tick_incident_task": "handle-incidents",
    "pause_for_incident": "pause",
    "recall_incident_post": "recall",
    "begin_incident_statement": "write-drafts",
    "list_pauses": "read-publications",
    "forecast_pause": "pause",
    "read_pause": "read-publications",
    "create_pause": "pause",
    "propose_release": "release",
    "agree_release": "release",
    "list_notices": "read-incidents",
    "read_notices": "read-incidents",
    "list_deliveries": "handle-incidents",
    "resend_delivery": "handle-incidents",
    "read_my_addresses": "logged-in",
    "put_my_chat": "handle-incidents",
    "drop_my_chat": "logged-in",
    "send_my_test": "handle-incidents",
    "list_sources": "read-sources",
    "read_source": "read-sources",
    "list_quarantine": "read-sources",
    "put_source": "edit-sources",
    "drop_source": "edit-sources",
    "list_channels": "read-publications",
    "prove_channel": "connect-accounts",
    "disconnect_channel": "connect-accounts",
    "check_charter": "read-queries",
    "read_charter": "edit-company",
    "put_charter": "change-roles",
    "list_people": "manage-people",
    "read_person": "manage-people",
    "put_person": "manage-people",
    "drop_person": "manage-people",
    "invite_person": "manage-people",
    "reset_person": "manage-people",
    "disable_person": "manage-people",
    "enable_person": "manage-people",
    "list_acts": "read-acts",
    "erase_person": "erase",
    "list_tokens": "use-api",
    "create_token": "use-api",
    "drop_token": "use-api",
    "read_me": "logged-in",
    "change_me": "logged-in",
    "list_sessions": "logged-in",
    "close_session": "logged-in",
    "close_other_sessions": "logged-in",
    "read_health": "open",
    "list_problems": "open",
}
"""What each operation asks for, written a second time: a change of either is a change of who may do what."""

NUMBERED = re.compile("/(mentions|drafts|publications|incidents|pauses|deliveries)/")
READING = {"GET"}
QUESTIONS = {
    "validate_query",
    "preview_query",
    "explain_query",
    "look_back_query",
    "suggest_query",
    "translate_query",
    "check_charter",
    "check_draft",
    "try_rules",
}

BROWSER_ONLY = "a matter between a person and a browser: it takes a password, which a program does not hold"
KEYS = "keys to an account are a person's to give, on the page or to a command; a program does not hold them"
DRAWN = "the same, drawn: HTML fragments, charts, empty forms"
BYTES = "bytes of a picture, which a person brings and sees in a browser; a program names them by their digest"
FIRST_RUN = "the first run lets a person hear the public network before there is a charter to keep anything by"
TWINS: dict[tuple[str, str], str] = {
    ("GET", "/"): "read_today",
    ("GET", "/today/tide"): "read_today",
    ("GET", "/listening"): "list_mentions count_mentions read_volume list_languages",
    ("GET", "/listening/rows"): "list_mentions",
    ("GET", "/listening/fresh"): "list_mentions",
    ("GET", "/listening/chart"): "read_volume",
    ("GET", "/listening/why"): "explain_query list_mentions",
    ("POST", "/listening/why"): "explain_query",
    ("GET", "/listening/mention/{number}"): "read_mention",
    ("GET", "/live"): "stream_changes",
    ("GET", "/queries"): "list_queries",
    ("GET", "/queries/-/language"): DRAWN,
    ("POST", "/queries/-/examine"): "validate_query",
    ("POST", "/queries/-/preview"): "preview_query",
    ("POST", "/queries/-/look-back"): "look_back_query",
    ("POST", "/queries/-/suggest"): "suggest_query",
    ("POST", "/queries/-/translate"): "translate_query",
    ("POST", "/queries/-/undo"): "put_query",
    ("GET", "/queries/new"): DRAWN,
    ("POST", "/queries/new"): "put_query",
    ("GET", "/queries/{id}"): "read_query",
    ("POST", "/queries/{id}"): "put_query",
    ("POST", "/queries/{id}/drop"): "drop_query",
    ("GET", "/drafts"): "list_drafts",
    ("GET", "/drafts/new"): DRAWN,
    ("POST", "/drafts/new"): "create_draft",
    ("POST", "/drafts/-/look"): "check_draft",
    ("POST", "/drafts/-/links"): "check_draft",
    ("POST", "/drafts/-/save"): "create_draft put_draft",
    ("GET", "/drafts/{id}"): "read_draft list_remarks read_review",
    ("POST", "/drafts/{id}"): "put_draft move_draft",
    ("GET", "/drafts/{id}/now"): "read_draft",
    ("GET", "/drafts/{id}/versions"): "list_draft_versions",
    ("POST", "/drafts/{id}/decide"): "decide_remark",
    ("POST", "/drafts/{id}/answer"): "answer_draft",
    ("GET", "/drafts/{id}/schedule"): "read_draft list_remarks list_free_moments",
    ("POST", "/drafts/{id}/schedule"): "schedule_draft",
    ("GET", "/queue"): "list_publications list_free_moments",
    ("GET", "/publications/{id}"): "read_publication list_acts",
    ("POST", "/publications/{id}/move"): "move_publication",
    ("POST", "/publications/{id}/skip"): "skip_publication",
    ("POST", "/publications/{id}/drop"): "drop_publication",
    ("POST", "/publications/{id}/look"): "look_at_network",
    ("POST", "/publications/{id}/recall"): "recall_publication",
    ("GET", "/calendar"): "list_publications read_calendar_feed",
    ("GET", "/calendar/{file}"): "list_publications",
    ("POST", "/calendar/feed"): "create_calendar_feed",
    ("POST", "/calendar/feed/drop"): "drop_calendar_feed",
    ("POST", "/drafts/-/picture"): BYTES,
    ("POST", "/drafts/{id}/picture"): BYTES,
    ("GET", "/media/{id}"): BYTES,
    ("GET", "/incidents"): "list_incidents",
    ("GET", "/incidents/new"): DRAWN,
    ("POST", "/incidents/new"): "open_incident",
    ("GET", "/incidents/{id}"): "read_incident",
    ("GET", "/incidents/{id}/spread"): "read_incident_spread",
    ("GET", "/incidents/{id}/file"): "read_incident_file",
    ("POST", "/incidents/{id}/take"): "move_incident",
    ("POST", "/incidents/{id}/assign"): "change_incident",
    ("POST", "/incidents/{id}/contain"): "move_incident",
    ("POST", "/incidents/{id}/resolve"): "move_incident",
    ("POST", "/incidents/{id}/learn"): "move_incident",
    ("POST", "/incidents/{id}/reopen"): "move_incident",
    ("POST", "/incidents/{id}/rename"): "change_incident",
    ("POST", "/incidents/{id}/say"): "add_incident_line",
    ("POST", "/incidents/{id}/tasks"): "add_incident_task",
    ("POST", "/incidents/{id}/tasks/{task}"): "tick_incident_task",
    ("POST", "/incidents/{id}/pause"): "pause_for_incident",
    ("POST", "/incidents/{id}/recall"): "recall_incident_post",
    ("POST", "/incidents/{id}/statement"): "begin_incident_statement",
    ("POST", "/incidents/-/seen"): "read_notices",
    ("GET", "/notices"): "list_notices list_deliveries",
    ("POST", "/notices/{id}/again"): "resend_delivery",
    ("GET", "/halt"): "forecast_pause",
    ("POST", "/halt"): "create_pause",
    ("GET", "/halt/now"): "list_pauses list_incidents list_notices",
    ("GET", "/pauses"): "list_pauses",
    ("GET", "/pauses/{id}"): "read_pause",
    ("POST", "/pauses/{id}/release"): "propose_release",
    ("POST", "/pauses/{id}/agree"): "agree_release",
    ("GET", "/charter"): "list_rules read_rule list_queries",
    ("POST", "/charter/try"): "try_rules",
    ("GET", "/charter/replay"): "replay_rules",
    ("GET", "/charter/replay/rules"): "replay_rules",
    ("GET", "/charter/versions/{digest}"): "list_acts read_charter",
    ("GET", "/sources"): "list_sources",
    ("GET", "/sources/-/rows"): "list_sources",
    ("POST", "/sources/-/undo"): "put_source",
    ("GET", "/sources/new"): DRAWN,
    ("POST", "/sources/new"): "put_source",
    ("GET", "/sources/{id}"): "read_source list_quarantine",
    ("POST", "/sources/{id}"): "put_source",
    ("POST", "/sources/{id}/remove"): "drop_source",
    ("GET", "/channels"): "list_channels",
    ("GET", "/channels/{id}"): "list_channels",
    ("POST", "/channels/{id}"): KEYS,
    ("POST", "/channels/{id}/invite"): KEYS,
    ("POST", "/channels/{id}/code"): KEYS,
    ("POST", "/channels/{id}/proof"): "prove_channel",
    ("POST", "/channels/{id}/disconnect"): "disconnect_channel",
    ("POST", "/channels/{id}/undo"): KEYS,
    ("GET", "/people"): "list_people",
    ("POST", "/people/-/undo"): "put_person",
    ("GET", "/people/new"): DRAWN,
    ("POST", "/people/new"): "put_person invite_person",
    ("GET", "/people/{id}"): "read_person",
    ("POST", "/people/{id}"): "put_person",
    ("POST", "/people/{id}/drop"): "drop_person",
    ("POST", "/people/{id}/invite"): "invite_person",
    ("POST", "/people/{id}/renew"): "reset_person",
    ("POST", "/people/{id}/disable"): "disable_person",
    ("POST", "/people/{id}/enable"): "enable_person",
    ("GET", "/account"): "read_me list_sessions list_tokens read_my_addresses",
    ("POST", "/account/look"): "change_me",
    ("POST", "/account/chat"): "put_my_chat",
    ("POST", "/account/chat/drop"): "drop_my_chat",
    ("POST", "/account/test"): "send_my_test",
    ("GET", "/account/test/{id}"): "list_deliveries",
    ("POST", "/account/sessions/close"): "close_session close_other_sessions",
    ("POST", "/account/tokens"): "create_token",
    ("POST", "/account/tokens/{id}/drop"): "drop_token",
    ("GET", "/account/password"): BROWSER_ONLY,
    ("POST", "/account/password"): BROWSER_ONLY,
    ("POST", "/account/factor"): BROWSER_ONLY,
    ("POST", "/account/factor/confirm"): BROWSER_ONLY,
    ("POST", "/account/factor/codes"): BROWSER_ONLY,
    ("POST", "/account/factor/off"): BROWSER_ONLY,
    ("GET", "/login"): BROWSER_ONLY,
    ("POST", "/login"): BROWSER_ONLY,
    ("POST", "/login/code"): BROWSER_ONLY,
    ("GET", "/join/{ticket}"): BROWSER_ONLY,
    ("POST", "/join"): BROWSER_ONLY,
    ("POST", "/logout"): BROWSER_ONLY,
    ("GET", "/setup"): DRAWN,
    ("GET", "/setup/live"): FIRST_RUN,
    ("POST", "/setup"): "put_charter",
    ("GET", "/healthz"): "read_health",
    ("GET", "/metrics"): "list_sources",
}
"""Every route of the pages, and the operations that show or do the same; or why there is none."""


def operations(site: Site) -> list[tuple[str, str, str]]:
    """Method, path with a name that nobody has, operation."""
    found = []
    for path, method, handler in routes(create_app(site.house)):
        name = "0" if NUMBERED.search(path) else "nobody"
        filled = path.removeprefix("/api/v1").replace("{id}", name).replace("{task}", "0")
        found.append((method.upper(), filled, handler.operation_id))
    return found


def status_of(client: httpx.Client, method: str, path: str) -> int:
    """A request without a body: whoever may, learns that something is missing; nothing changes."""
    with client.stream(method, path) as answer:
        return answer.status_code


@pytest.fixture
def callers(site: Site, program: Program) -> Iterator[dict[str, httpx.Client]]:
    """One program a role, one of somebody without a role, one of nobody."""
    text = site.house.charter_file.read()[0]
    more = "".join(f"  - {{id: {role}-1, name: One, roles: [{role}]}}\n" for role in ROLES)
    site.write_charter(text.replace("listening:\n", f"{more}listening:\n"))
    for login in (*(f"{role}-1" for role in ROLES), "stray"):
        account = Account(login=login, person=login, password_hash="", created_at=site.clock())
        site.house.accounts.add(account, Act(at=site.clock(), who="vigie", verb="account.created", what=login))
    with ExitStack() as stack:
        nobody = stack.enter_context(httpx.Client(base_url=f"{site.url}/api/v1"))
        yield {role: program(f"{role}-1") for role in ROLES} | {"": program("stray"), "nobody": nobody}


def test_each_role_may_do_what_the_charter_says_and_no_more(site: Site, callers: dict[str, httpx.Client]) -> None:
    wrong = []
    for method, path, operation in operations(site):
        right = RIGHTS[operation]
        for role, client in callers.items():
            may = right == "open" or (
                role != "nobody" and (right == "logged-in" or allows((role,), right))  # type: ignore[arg-type]
            )
            status = status_of(client, method, path)
            refused = 401 if role == "nobody" else 403
            if (status in {401, 403}) == may or (not may and status != refused):
                wrong.append((role, operation, status))
    assert wrong == []


def test_a_token_for_reading_reads_and_asks_and_does_no_more(site: Site, program: Program) -> None:
    reading = program(scope="read")
    for method, path, operation in operations(site):
        may = method in READING or operation in QUESTIONS
        assert (status_of(reading, method, path) != 403) == may, operation


def test_each_operation_has_a_right(site: Site) -> None:
    assert sorted(RIGHTS) == sorted(operation for _, _, operation in operations(site))


def test_each_page_has_its_twin(site: Site) -> None:
    app = create_app(site.house)
    pages = {
        (method, route.path_format)
        for route in app.routes
        for method in getattr(route, "methods", ())
        if method in {"GET", "POST"} and not route.path_format.startswith(("/api/", "/static/"))
    }
    assert pages == set(TWINS)
    reasons = {BROWSER_ONLY, DRAWN, FIRST_RUN, BYTES, KEYS}
    twins = {name for names in TWINS.values() if names not in reasons for name in names.split()}
    assert twins <= set(RIGHTS)
