"""Chats, over the simplest service that apprise speaks to."""

import json

import pytest

from notify.receiving import Receiver
from vigie.fetch import GuardedFetch
from vigie.flows.ports.messenger import Message, NotToldError
from vigie.notify import chat_fault
from vigie.notify.chat import Chat, is_address, server_of


async def test_a_message_arrives(receiver: Receiver, message: Message) -> None:
    await Chat().send(f"json://{receiver.host}/room", "", message, 0)
    ((path, _, body),) = receiver.got
    said = json.loads(body)
    assert path.startswith("/room")
    assert (said["title"], said["type"]) == ("Brûlerie : incident 4", "failure")
    assert said["message"] == "Une publication inconnue.\nhttp://vigie.example/incidents/4"


async def test_a_service_that_says_no_is_tried_again(receiver: Receiver, message: Message) -> None:
    receiver.status = 503
    with pytest.raises(NotToldError) as refused:
        await Chat().send(f"json://{receiver.host}/room", "", message, 0)
    assert not refused.value.final


@pytest.mark.parametrize("address", ["", "nothing", "bogus://somewhere", "slack://"])
async def test_what_is_no_address_is_said_before_and_when_sending(address: str, message: Message) -> None:
    assert not is_address(address)
    with pytest.raises(NotToldError) as refused:
        await Chat().send(address, "", message, 0)
    assert refused.value.final


def test_an_address_that_leads_into_the_house_is_refused_unless_the_settings_name_it(receiver: Receiver) -> None:
    address = f"json://{receiver.host}/room"
    assert chat_fault(address, GuardedFetch()) == "private-address"
    assert chat_fault(address, GuardedFetch((receiver.host,))) == ""
    assert chat_fault("nothing", GuardedFetch()) == "bad-address"
    assert chat_fault("json://127.0.0.1:99999/", GuardedFetch()) == "bad-address"
    assert receiver.got == []


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("ntfys://u:p@10.0.0.4:8443/t", "https://10.0.0.4:8443"),
        ("matrix://maelle:secret@matrix.example/#urgences", "http://matrix.example"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", ""),
        ("nothing", ""),
    ],
)
def test_the_server_of_an_address(address: str, server: str) -> None:
    assert server_of(address) == server


def test_a_name_that_nobody_knows_now_may_be_known_later() -> None:
    assert chat_fault("ntfy://no-such-name.invalid/vigie", GuardedFetch()) == ""


def test_addresses_of_the_services_that_houses_use() -> None:
    for address in (
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#urgences",
        "ntfy://ntfy.example/vigie",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "matrixs://maelle:secret@matrix.example/#urgences",
    ):
        assert is_address(address), address
