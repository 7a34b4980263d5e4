"""The outbox, emptied over real lines from a real store."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from notify.receiving import Receiver, receiver
from notify.test_webhook import SECRET, verified
from vigie.app.notifying import Notifying, mail_server
from vigie.app.opened import Opened, opened
from vigie.app.serving import house_of
from vigie.flows.tell import again, tell
from vigie.model import Notice
from vigie.settings import Settings, SettingsError, read_settings

__all__ = ["receiver"]

CHARTER = """charter: 1
company: {{name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}}
people: [{{id: maelle, name: Maëlle Kerbrat, roles: [owner]}}]
crisis: {{on_call: [maelle]}}
webhooks: [{{id: pager, url: "http://{host}/vigie"}}]
"""


@pytest.fixture
def house(tmp_path: Path, receiver: Receiver) -> Iterator[Opened]:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "charter.yaml").write_text(CHARTER.format(host=receiver.host), "utf-8")
    with opened(Settings(home=tmp_path / "home", allow_private=(receiver.host,)), "work") as one:
        one.vault.put("webhook:pager", SECRET)
        yield one


def call(house: Opened) -> Notice:
    values = {"incident": 4, "reason": "reason.unknown-post", "channel": "bluesky"}
    wanted = Notice(
        id=0, at=1, kind="incident.opened", urgency="now", values=values, path="/incidents/4", incident=4
    )  # fmt: skip
    return tell(house.store.notices, house.charter(), wanted)


async def test_a_call_reaches_the_program_in_the_words_of_the_house(house: Opened, receiver: Receiver) -> None:
    call(house)
    outbox = Notifying(house, house.charter)
    while await outbox.round():
        pass
    ((path, headers, body),) = receiver.got
    assert path == "/vigie"
    assert verified(headers, body)
    assert b"Incident" in body
    states = {(one.means, one.state) for one, _ in house.store.notices.log()}
    # nobody's letters and chats are told of as failures: there is no address
    assert states == {("page", "delivered"), ("email", "cancelled"), ("chat", "cancelled"), ("webhook", "delivered")}


async def test_a_chat_is_spoken_to_where_somebody_gave_their_address(house: Opened, receiver: Receiver) -> None:
    house.vault.put("person:maelle:chat", f"json://{receiver.host}/maelle")
    call(house)
    await Notifying(house, house.charter).round()
    assert sorted(path for path, _, _ in receiver.got) == ["/maelle", "/vigie"]


async def test_what_broke_is_tried_again_by_whoever_comes_next_under_the_same_id(
    house: Opened, receiver: Receiver
) -> None:
    receiver.status = 503
    call(house)
    await Notifying(house, house.charter).round()
    waiting = next(one for one, _ in house.store.notices.log() if one.means == "webhook")
    assert (waiting.state, waiting.attempts, waiting.status) == ("waiting", 1, 503)
    receiver.status = 200
    house.store.notices.settle(again(waiting, 0))
    await Notifying(house, house.charter).round()  # another one: the outbox is the store
    ids = {headers["webhook-id"] for _, headers, _ in receiver.got}
    assert (len(receiver.got), len(ids)) == (2, 1)
    assert next(one.state for one, _ in house.store.notices.log() if one.means == "webhook") == "delivered"


async def test_it_runs_until_told_to_stop(house: Opened, receiver: Receiver) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(Notifying(house, house.charter).run(stop))
    call(house)
    async with asyncio.timeout(20):
        while not receiver.got:
            await asyncio.sleep(0.02)
    stop.set()
    await running


def test_the_mail_server_is_one_setting() -> None:
    read = read_settings({"VIGIE_SMTP": "smtp://vigie:a%40b@mail.example", "VIGIE_MAIL_FROM": "vigie@brulerie.example"})
    server = mail_server(read)
    assert server is not None
    assert (server.host, server.port, server.security, server.user, server.password) == (
        "mail.example", 587, "starttls", "vigie", "a@b",
    )  # fmt: skip
    assert mail_server(Settings()) is None


@pytest.mark.parametrize(
    "environ",
    [
        {"VIGIE_SMTP": "mail.example", "VIGIE_MAIL_FROM": "v@b.example"},
        {"VIGIE_SMTP": "smtps://mail.example"},
        {"VIGIE_SMTP": "smtps://mail.example", "VIGIE_MAIL_FROM": "vigie"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        read_settings(environ)


def test_a_password_is_not_said_again() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"VIGIE_SMTP": "smtps://vigie:very secret@mail.example"})
    assert "secret" not in str(refused.value)


def test_the_pages_take_the_chats_that_can_be_spoken_to(house: Opened, receiver: Receiver) -> None:
    pages = house_of(house)
    assert pages.chat_fault(f"json://{receiver.host}/room") == ""
    assert pages.chat_fault("json://127.0.0.1:1/room") == "private-address"
    assert pages.chat_fault("nothing://x") == "bad-address"
    assert not pages.sends_mail
