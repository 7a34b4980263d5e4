"""Webhooks as their receivers see them."""

import hmac
import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from notify.receiving import Receiver
from vigie.fetch import GuardedFetch
from vigie.flows.ports.messenger import Message, NotToldError
from vigie.notify.webhook import Webhook

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = 1_783_200_000_123


def verified(headers: dict[str, str], body: bytes) -> bool:
    """As a receiver does it, from the specification."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = b64encode(hmac.new(b64decode(SECRET[6:]), signed, sha256).digest()).decode()
    return any(hmac.compare_digest(one, f"v1,{expected}") for one in headers["webhook-signature"].split())


async def test_what_arrives_can_be_verified_and_acted_on(receiver: Receiver, message: Message) -> None:
    hook = Webhook(GuardedFetch(allow_private=[receiver.host]))
    answer = await hook.send(f"http://{receiver.host}/vigie", SECRET, message, NOW)
    ((path, headers, body),) = receiver.got
    assert (answer.status, answer.text, path) == (200, "noted", "/vigie")
    assert verified(headers, body)
    assert not verified(headers, body.replace(b"incident", b"accident"))
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("notice-7", "1783200000")
    said = json.loads(body)
    assert (said["type"], said["timestamp"]) == ("incident.opened", "2026-07-04T21:20:00.000Z")
    assert said["data"] == {
        "urgency": "now",
        "text": "Une publication inconnue.",
        "link": "http://vigie.example/incidents/4",
        "incident": 4,
        "values": {"channel": "bluesky"},
    }


@pytest.mark.parametrize(
    ("status", "headers", "final", "retry_at"),
    [
        (500, {}, False, None),
        (410, {}, True, None),
        (429, {"Retry-After": "90"}, False, NOW + 90_000),
        (429, {"Retry-After": "soon"}, False, None),
        (404, {}, False, None),  # it may be put right, and is tried again until the schedule ends
    ],
)
async def test_what_is_refused_says_how_to_go_on(
    receiver: Receiver, message: Message, status: int, headers: dict[str, str], *, final: bool, retry_at: int | None
) -> None:
    receiver.status, receiver.headers = status, headers
    hook = Webhook(GuardedFetch(allow_private=[receiver.host]))
    with pytest.raises(NotToldError) as refused:
        await hook.send(f"http://{receiver.host}/", SECRET, message, NOW)
    assert (refused.value.status, refused.value.final, refused.value.retry_at) == (status, final, retry_at)


async def test_an_address_of_the_house_itself_is_not_reached(receiver: Receiver, message: Message) -> None:
    with pytest.raises(NotToldError) as refused:
        await Webhook(GuardedFetch()).send(f"http://{receiver.host}/", SECRET, message, NOW)
    assert refused.value.final
    assert receiver.got == []
