"""Who may do what on the pages, cell by cell: each role by each route. The API has the same in ``api/test_rights.py``,
the table itself in ``charter/test_rights.py``. And nobody approves words of their own, by whatever way."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from vigie.charter import ACTIONS, ROLES, allows
from vigie.flows.ports.accounts import Account
from vigie.model import Act
from vigie.web.page import find_pages
from vigie.web.passwords import hash_password
from web.api.conftest import Program, problem
from web.api.conftest import program as program  # noqa: PLC0414 - a fixture of the API's tests
from web.api.test_rights import RIGHTS as OPERATIONS
from web.served import PASSWORD, Site

PAGES = {
    ("GET", "/"): "logged-in",
    ("GET", "/today/tide"): "read-mentions",
    ("GET", "/listening"): "read-mentions",
    ("GET", "/listening/rows"): "read-mentions",
    ("GET", "/listening/fresh"): "read-mentions",
    ("GET", "/listening/chart"): "read-mentions",
    ("GET", "/listening/mention/{number}"): "read-mentions",
    ("GET", "/live"): "read-mentions",
    ("GET", "/listening/why"): "read-mentions",
    ("POST", "/listening/why"): "read-mentions",
    ("GET", "/queries"): "read-queries",
    ("GET", "/queries/-/language"): "read-queries",
    ("POST", "/queries/-/examine"): "read-queries",
    ("POST", "/queries/-/preview"): "read-queries",
    ("POST", "/queries/-/look-back"): "read-queries read-mentions",
    ("POST", "/queries/-/suggest"): "read-queries read-mentions",
    ("POST", "/queries/-/translate"): "edit-queries",
    ("GET", "/queries/new"): "edit-queries",
    ("GET", "/queries/{id}"): "read-queries",
    ("POST", "/queries/new"): "edit-queries",
    ("POST", "/queries/{id}"): "read-queries",
    ("POST", "/queries/{id}/drop"): "edit-queries",
    ("POST", "/queries/-/undo"): "edit-queries",
    ("GET", "/sources"): "read-sources",
    ("GET", "/sources/-/rows"): "read-sources",
    ("GET", "/sources/new"): "edit-sources",
    ("POST", "/sources/new"): "edit-sources",
    ("GET", "/sources/{id}"): "read-sources",
    ("POST", "/sources/{id}"): "edit-sources",
    ("POST", "/sources/{id}/remove"): "edit-sources",
    ("POST", "/sources/-/undo"): "edit-sources",
    ("GET", "/channels"): "read-publications",
    ("GET", "/channels/{id}"): "read-publications",
    ("POST", "/channels/{id}"): "connect-accounts",
    ("POST", "/channels/{id}/invite"): "connect-accounts",
    ("POST", "/channels/{id}/code"): "connect-accounts",
    ("POST", "/channels/{id}/proof"): "connect-accounts",
    ("POST", "/channels/{id}/disconnect"): "connect-accounts",
    ("POST", "/channels/{id}/undo"): "connect-accounts",
    ("GET", "/incidents"): "read-incidents",
    ("GET", "/incidents/new"): "handle-incidents",
    ("POST", "/incidents/new"): "handle-incidents",
    ("GET", "/incidents/{id}"): "read-incidents",
    ("GET", "/incidents/{id}/spread"): "read-incidents",
    ("GET", "/incidents/{id}/file"): "export",
    ("POST", "/incidents/{id}/take"): "handle-incidents",
    ("POST", "/incidents/{id}/assign"): "handle-incidents",
    ("POST", "/incidents/{id}/contain"): "handle-incidents",
    ("POST", "/incidents/{id}/resolve"): "handle-incidents",
    ("POST", "/incidents/{id}/learn"): "handle-incidents",
    ("POST", "/incidents/{id}/reopen"): "handle-incidents",
    ("POST", "/incidents/{id}/rename"): "handle-incidents",
    ("POST", "/incidents/{id}/say"): "handle-incidents",
    ("POST", "/incidents/{id}/tasks"): "handle-incidents",
    ("POST", "/incidents/{id}/tasks/{task}"): "handle-incidents",
    ("POST", "/incidents/{id}/pause"): "pause handle-incidents",
    ("POST", "/incidents/{id}/recall"): "recall",
    ("POST", "/incidents/{id}/statement"): "write-drafts",
    ("POST", "/incidents/-/seen"): "read-incidents",
    ("GET", "/notices"): "read-incidents",
    ("POST", "/notices/{id}/again"): "handle-incidents",
    ("GET", "/drafts"): "read-drafts",
    ("GET", "/queue"): "read-publications",
    ("GET", "/publications/{id}"): "read-publications",
    ("POST", "/publications/{id}/move"): "schedule",
    ("POST", "/publications/{id}/skip"): "schedule",
    ("POST", "/publications/{id}/drop"): "schedule",
    ("POST", "/publications/{id}/look"): "schedule",
    ("POST", "/publications/{id}/recall"): "recall",
    ("GET", "/calendar"): "read-publications",
    ("POST", "/calendar/feed"): "read-publications",
    ("POST", "/calendar/feed/drop"): "read-publications",
    ("GET", "/calendar/{file}"): "open",
    ("GET", "/charter"): "read-drafts",
    ("POST", "/charter/try"): "read-drafts",
    ("GET", "/charter/replay"): "read-mentions",
    ("GET", "/charter/replay/rules"): "read-mentions",
    ("GET", "/charter/versions/{digest}"): "edit-company",
    ("GET", "/people"): "manage-people",
    ("GET", "/people/new"): "manage-people change-roles",
    ("POST", "/people/new"): "manage-people change-roles",
    ("POST", "/people/-/undo"): "manage-people change-roles",
    ("GET", "/people/{id}"): "manage-people",
    ("POST", "/people/{id}"): "manage-people change-roles",
    ("POST", "/people/{id}/drop"): "manage-people change-roles",
    ("POST", "/people/{id}/invite"): "manage-people",
    ("POST", "/people/{id}/renew"): "manage-people",
    ("POST", "/people/{id}/disable"): "manage-people",
    ("POST", "/people/{id}/enable"): "manage-people",
    ("GET", "/account"): "logged-in",
    ("POST", "/account/look"): "logged-in",
    ("POST", "/account/chat"): "handle-incidents",
    ("POST", "/account/chat/drop"): "logged-in",
    ("POST", "/account/test"): "handle-incidents",
    ("GET", "/account/test/{id}"): "logged-in",
    ("GET", "/account/password"): "logged-in",
    ("POST", "/account/password"): "logged-in",
    ("POST", "/account/factor"): "logged-in",
    ("POST", "/account/factor/confirm"): "logged-in",
    ("POST", "/account/factor/codes"): "logged-in",
    ("POST", "/account/factor/off"): "logged-in",
    ("POST", "/account/sessions/close"): "logged-in",
    ("POST", "/account/tokens"): "use-api",
    ("POST", "/account/tokens/{id}/drop"): "logged-in",
    ("GET", "/drafts/new"): "write-drafts",
    ("GET", "/drafts/{id}"): "read-drafts",
    ("POST", "/drafts/-/look"): "read-drafts",
    ("POST", "/drafts/-/links"): "write-drafts",
    ("POST", "/drafts/-/save"): "write-drafts",
    ("GET", "/drafts/{id}/now"): "read-drafts",
    ("POST", "/drafts/new"): "read-drafts",
    ("POST", "/drafts/{id}"): "read-drafts",
    ("POST", "/drafts/{id}/decide"): "write-drafts",
    ("POST", "/drafts/-/picture"): "write-drafts",
    ("POST", "/drafts/{id}/picture"): "write-drafts",
    ("GET", "/media/{id}"): "read-drafts",
    ("GET", "/drafts/{id}/versions"): "read-drafts",
    ("POST", "/drafts/{id}/answer"): "approve",
    ("GET", "/drafts/{id}/schedule"): "schedule",
    ("POST", "/drafts/{id}/schedule"): "schedule",
    ("GET", "/halt"): "pause",
    ("GET", "/halt/now"): "read-publications",
    ("POST", "/halt"): "pause",
    ("GET", "/pauses"): "read-publications",
    ("GET", "/pauses/{id}"): "read-publications",
    ("POST", "/pauses/{id}/release"): "release",
    ("POST", "/pauses/{id}/agree"): "release",
    ("GET", "/login"): "open",
    ("POST", "/login"): "open",
    ("POST", "/login/code"): "open",
    ("POST", "/logout"): "logged-in",
    ("GET", "/join/{ticket}"): "open",
    ("POST", "/join"): "open",
    ("GET", "/setup"): "logged-in",
    ("POST", "/setup"): "logged-in",
    ("GET", "/setup/live"): "logged-in",
}
"""What each route asks for, written a second time; of two rights, both. Nothing but ``open`` is for strangers."""

NOT_ON_PAGES = {
    "read-acts": "the ledger is read by commands and programs",
    "erase": "a person is erased by a command or a program",
    "let-pass": "the form of a remark is there for every author; what stops a draft asks for more in the handler",
}
NOT_IN_API = {
    "let-pass": "as on the pages: letting pass what stops a draft asks for more in the handler",
}
NUMBERED = ("/incidents", "/drafts", "/publications", "/pauses", "/notices", "/account/test")
ENDS_THE_SESSION = {("POST", "/logout")}
BY_PASSWORD = {
    ("POST", f"/account/{path}") for path in ("password", "factor", "factor/confirm", "factor/codes", "factor/off")
}
"""A wrong password is refused with the same status as a wrong role."""
INSIDE = {("POST", "/setup"), ("GET", "/setup"), ("GET", "/setup/live")}
"""Open to whoever has logged in while there is no charter; afterwards nobody gets further."""


def routes() -> Iterator[tuple[str, str]]:
    """Method and path of each route of the pages, as the tables write them."""
    for page in find_pages():
        for handler in page.handlers:
            for path in handler.paths:
                if not path.startswith("/api/"):
                    for method in handler.http_methods & {"GET", "POST"}:
                        yield method, path.replace(":int}", "}").replace(":str}", "}").replace(":path}", "}")


def test_the_table_knows_every_route() -> None:
    assert set(routes()) == set(PAGES), set(routes()) ^ set(PAGES)


def test_each_right_stands_before_a_page_and_an_operation() -> None:
    on_pages = {right for rights in PAGES.values() for right in rights.split()}
    assert {right for right in ACTIONS if right not in on_pages} == set(NOT_ON_PAGES)
    in_api = set(OPERATIONS.values())
    assert {right for right in ACTIONS if right not in in_api} == set(NOT_IN_API)


@pytest.fixture
def browsers(site: Site) -> Iterator[dict[str, httpx.Client]]:
    """One browser a role, one of somebody without a role, one of nobody."""
    text = site.house.charter_file.read()[0]
    more = "".join(f"  - {{id: {role}-1, name: One, roles: [{role}]}}\n" for role in ROLES)
    site.write_charter(text.replace("listening:\n", f"{more}listening:\n"))
    secret = hash_password(PASSWORD)
    for login in (*(f"{role}-1" for role in ROLES), "stray"):
        account = Account(login=login, person=login, password_hash=secret, created_at=site.clock())
        site.house.accounts.add(account, Act(at=site.clock(), who="vigie", verb="account.created", what=login))
    with ExitStack() as stack:
        clients = {role: stack.enter_context(closing(site.log_in(f"{role}-1"))) for role in ROLES}
        clients |= {"": stack.enter_context(closing(site.log_in("stray")))}
        yield clients | {"nobody": stack.enter_context(closing(site.visit()))}


def status_of(client: httpx.Client, method: str, path: str) -> int:
    """A request with nothing in it: whoever may, learns that something is missing."""
    filled = path.replace("{number}", "0").replace("{task}", "0")
    for name in ("{id}", "{digest}", "{file}", "{ticket}"):
        number = path.startswith(NUMBERED)
        filled = filled.replace(name, "0" if number else "nobody")
    with client.stream(method, filled, data={} if method == "POST" else None) as answer:
        location = answer.headers.get("location", "")
        return 401 if answer.status_code == 303 and location.startswith("/login") else answer.status_code


def test_each_cell(browsers: dict[str, httpx.Client]) -> None:
    wrong = []
    for (method, path), rights in PAGES.items():
        if rights == "open" or (method, path) in ENDS_THE_SESSION | BY_PASSWORD | INSIDE:
            continue
        needed = [] if rights == "logged-in" else rights.split()
        for who, browser in browsers.items():
            may = who != "nobody" and all(allows((who,), right) for right in needed)  # type: ignore[arg-type]
            status = status_of(browser, method, path)
            refused = {401, 403} if who == "nobody" else {403}  # a stranger's form has no token, which is told first
            if (status in {401, 403}) == may or (not may and status not in refused) or status >= 500:
                wrong.append((who, method, path, status))
    assert wrong == []


# nobody approves words of their own

SIGNED = "approvals:\n  - {id: second-pair-of-eyes, by: [approver]}\n"
WORDS = {"text": "Samedi, on ouvre la torréfaction.", "channels": ["bsky"]}


@pytest.fixture
def desk(site: Site) -> Site:
    """Maëlle and Yanis may both write, approve and schedule."""
    text = site.house.charter_file.read()[0]
    both = text.replace(
        "Kerbrat, email: maelle@brulerie.example, roles: [owner]", "Kerbrat, roles: [owner, approver]"
    ).replace("Belkadi, roles: [author]", "Belkadi, roles: [author, approver, publisher]")
    site.write_charter(both + SIGNED)
    return site


def etag(client: httpx.Client, id: int) -> dict[str, str]:
    """What a change of a draft shows."""
    return {"If-Match": client.get(f"/drafts/{id}").headers["etag"]}


def asked(client: httpx.Client) -> int:
    """A new draft of this person's, in review."""
    id = client.post("/drafts", json=WORDS).json()["id"]
    moved = client.put(f"/drafts/{id}/state", json={"state": "in_review"}, headers=etag(client, id))
    assert moved.status_code == 200, moved.text
    return int(id)


def answer(client: httpx.Client, id: int) -> httpx.Response:
    return client.post(f"/drafts/{id}/answers", json={"opinion": "approved"}, headers=etag(client, id))


def test_nobody_approves_their_own_words_by_api(desk: Site, program: Program) -> None:
    yanis, maelle = program("yanis"), program("maelle")
    id = asked(yanis)
    problem(answer(yanis, id), 403, "own-words")
    assert answer(maelle, id).status_code == 201
    assert desk.house.drafts.get(id).state == "approved"


def test_nobody_approves_their_own_words_on_the_page(desk: Site, program: Program) -> None:
    id = asked(program("yanis"))
    with closing(desk.log_in("yanis")) as yanis, closing(desk.log_in("maelle")) as maelle:
        revision = str(desk.house.drafts.get(id).revision)
        page = yanis.get(f"/drafts/{id}").text
        assert 'value="approve"' not in page or 'aria-disabled="true"' in page
        given = {"do": "approve", "revision": revision}
        assert yanis.post(f"/drafts/{id}/answer", data=given).status_code == 409
        assert desk.house.drafts.get(id).state == "in_review"
        assert maelle.post(f"/drafts/{id}/answer", data=given).status_code == 303
    assert desk.house.drafts.get(id).state == "approved"


def test_who_changed_a_word_is_an_author_too(desk: Site, program: Program) -> None:
    yanis, maelle = program("yanis"), program("maelle")
    id = asked(yanis)
    changed = WORDS | {"text": "Samedi, on ouvre la torréfaction à 9 h."}
    assert maelle.put(f"/drafts/{id}", json=changed, headers=etag(maelle, id)).status_code == 200
    again = maelle.put(f"/drafts/{id}/state", json={"state": "in_review"}, headers=etag(maelle, id))
    assert again.status_code == 200, again.text
    for client in (maelle, yanis):
        problem(answer(client, id), 403, "own-words")


def test_an_edit_after_the_approval_voids_it(desk: Site, program: Program) -> None:
    yanis, maelle = program("yanis"), program("maelle")
    id = asked(yanis)
    assert answer(maelle, id).status_code == 201
    changed = WORDS | {"text": "Gagnez un moulin."}
    assert yanis.put(f"/drafts/{id}", json=changed, headers=etag(yanis, id)).status_code == 200
    assert desk.house.drafts.get(id).state == "draft"
    due = {"at": "2026-11-21T09:00"}
    refused = yanis.post(f"/drafts/{id}/publications", json=due, headers=etag(yanis, id))
    assert refused.status_code in {409, 422}, refused.text
    assert desk.house.publications.of_draft(id) == []
