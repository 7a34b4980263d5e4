"""Signed webhooks, as the Standard Webhooks specification has them (version 1, symmetric)."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

import msgspec

from vigie.flows.ports.fetch import Fetch, FetchError
from vigie.flows.ports.messenger import Answer, Message, NotToldError
from vigie.model import Millis
from vigie.model.loose import written

SECONDS = 15.0
"""The specification recommends 15 to 30 s."""
PREFIX = "whsec_"
GONE = 410
"""The other side wants nothing more."""
TOO_MANY = 429
OK = range(200, 300)


class Webhook:
    """Posts JSON to an address of the charter. The secret is ``whsec_`` and base64 of 24 to 64 bytes."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def send(self, address: str, secret: str, message: Message, now: Millis) -> Answer:
        """See the port."""
        body = payload(message)
        stamp = now // 1000
        headers = {
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(secret, message.id, stamp, body),
        }
        try:
            response = await self._fetch(
                address, method="POST", headers=headers, content=body, limit=2_000, seconds=SECONDS
            )
        except FetchError as error:
            final = error.code in ("bad-address", "private-address")
            raise NotToldError(f"{error.code} {error.detail}".strip(), final=final) from error
        said = response.body[:300].decode("utf-8", "replace")
        if response.status in OK:
            return Answer(response.status, said)
        wait = response.headers.get("retry-after", "") if response.status == TOO_MANY else ""
        retry_at = now + int(wait) * 1000 if wait.isdecimal() else None
        raise NotToldError(said, status=response.status, final=response.status == GONE, retry_at=retry_at)


def payload(message: Message) -> bytes:
    """``type``, ``timestamp`` and ``data``, as the specification proposes: figures and codes, and the sentence."""
    notice = message.notice
    return msgspec.json.encode(
        {
            "type": notice.kind,
            "timestamp": written(notice.at),
            "data": {
                "urgency": notice.urgency,
                "text": message.text,
                "link": message.link,
                "incident": notice.incident or None,
                "values": notice.values,
            },
        }
    )


def signature(secret: str, id: str, stamp: int, body: bytes) -> str:
    """The value of ``webhook-signature``.

    >>> signature("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553,
    ...           b'{"email":"test@example.com","username":"test_user"}')
    'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw='
    """
    key = b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{id}.{stamp}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(made).decode()}"


def new_secret(chance: bytes) -> str:
    """A signing secret from 24 to 64 bytes of chance, as both sides write it down."""
    return PREFIX + b64encode(chance).decode()
